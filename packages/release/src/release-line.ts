import { z } from 'zod';

const time = z.iso.datetime().describe('ISO 8601, UTC.');

const text = z.string().describe('The same as a sentence for people. Its text may change.');

const phase = z
  .enum(['created', 'installing', 'testing', 'shifting', 'baking', 'terminating', 'rolling-back', 'ended'])
  .describe('`baking`: all traffic is on the new tasks, and the old ones still run.');

const verdict = z
  .enum(['on-time', 'slow', 'stuck'])
  .describe('`slow`: late, but in progress. `stuck`: it will not succeed.');

const taskSet = z.object({
  label: z.enum(['blue', 'green']).describe('`blue` runs at the start, `green` is to replace it.'),
  id: z.string(),
  version: z.string().describe('Tag of the image, or the beginning of its digest.'),
  taskDefinition: z.string().describe('Family and revision.'),
  targetGroup: z.string().describe('Name of its target group.'),
  desired: z.number(),
  running: z.number(),
  pending: z.number(),
  failed: z.number().describe('Tasks that failed since the start.'),
  trafficPercent: z.number().describe('Share of the production traffic.'),
  healthy: z.number().describe('Targets that pass the health check of the load balancer.'),
  unhealthy: z.number(),
  draining: z.number(),
  spot: z.number().describe('Tasks on FARGATE_SPOT.'),
  onDemand: z.number().describe('Tasks on FARGATE.'),
});

const gate = z.object({
  name: z.string(),
  state: z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']),
  latest: z.number().optional().describe('Latest value of the metric; absent without data.'),
  unit: z.string().optional(),
  threshold: z.number(),
  comparison: z.string().describe('Value of CloudWatch, such as `GreaterThanThreshold`.'),
  reason: z.string().optional(),
});

const stoppedTask = z.object({
  id: z.string(),
  version: z.string(),
  stoppedAt: time,
  reason: z.string().describe("In ECS's words."),
  exitCode: z.number().optional(),
  logLines: z.array(z.string()).describe('The last log lines of the task.'),
});

const lifecycle = z.object({
  name: z.string().describe('Name of CodeDeploy, such as `AllowTraffic`.'),
  status: z.string(),
  startedAt: time.optional(),
  endedAt: time.optional(),
  diagnostics: z.string().optional(),
});

const serviceEvent = z.object({ time, text: z.string().describe("In ECS's words.") });

const version = z.object({
  digest: z.string().optional(),
  tag: z.string().optional(),
  taskDefinition: z.string().optional().describe('ARN; absent where a revision is still to be registered.'),
});

const change = z.object({
  kind: z.string(),
  what: z.string(),
  before: z.string().optional().describe('Absent if it is added.'),
  after: z.string().optional().describe('Absent if it is removed.'),
});

const snapshot = z
  .object({
    type: z.literal('snapshot'),
    time,
    deploymentId: z.string(),
    startedAt: time,
    phase,
    status: z.string().describe('Status of CodeDeploy.'),
    lifecycle: z.array(lifecycle),
    taskSets: z.array(taskSet),
    progress: z.object({
      shiftedPercent: z.number(),
      expectedEnd: time,
      shiftEnds: time.optional(),
      terminationEnds: time.optional(),
      deadline: time.describe('Time by which CodeDeploy ends the deployment.'),
    }),
    alarms: z.array(gate),
    events: z.array(serviceEvent).describe('Events of the service since the start, newest last.'),
    stoppedTasks: z.array(stoppedTask),
    verdict,
    verdictReason: z.string().optional(),
  })
  .describe('The complete state of the release; written after each change.');

const status = z
  .object({
    type: z.literal('status'),
    time,
    version: z.object({
      name: z.string(),
      taskDefinition: z.string(),
      registeredBy: z.enum(['Terraform', 'a release', 'another client']),
    }),
    desired: z.number(),
    taskSets: z.array(taskSet).describe('`blue` is the primary task set; any other one is `green`.'),
    targetGroups: z.array(
      z.object({
        name: z.string(),
        arn: z.string(),
        trafficPercent: z.number(),
        healthy: z.number(),
        unhealthy: z.number(),
        draining: z.number(),
      }),
    ),
    gates: z.array(gate),
    images: z
      .object({ mark: z.enum(['OK', 'WARN', 'FAIL', 'SKIP']), detail: z.string(), remedy: z.string().optional() })
      .describe('The images that run or that a rollback needs, and whether they stay in the repository.'),
    scaling: z
      .object({ minimum: z.number(), maximum: z.number(), suspended: z.record(z.string(), z.boolean()) })
      .optional()
      .describe('Absent without auto-scaling.'),
    deploymentId: z.string().optional().describe('Id of the deployment in progress.'),
    lastRelease: z.looseObject({}).optional().describe('The record of the newest release.'),
    otherDeployment: z
      .object({
        deploymentId: z.string(),
        status: z.string(),
        creator: z.string().optional(),
        description: z.string().optional(),
      })
      .optional()
      .describe('The newest deployment, if it belongs to no recorded release.'),
    events: z.array(serviceEvent).describe('Events of the last hour, newest last.'),
    stoppedTasks: z.array(stoppedTask),
    problems: z.array(
      z.object({
        severity: z
          .enum(['act', 'warning'])
          .describe('`act`: not all of the service is on its primary task set; exit code 11.'),
        what: z.string(),
        todo: z.string(),
      }),
    ),
  })
  .describe('`release status` while no release is in progress: the state of the service.');

const event = { time, text };

/** One line of `release --json` and its kin. */
export const releaseLine = z.discriminatedUnion('type', [
  z
    .object({
      type: z.literal('check'),
      group: z.string(),
      mark: z.enum(['OK', 'WARN', 'FAIL', 'SKIP']),
      title: z.string(),
      detail: z.string(),
      remedy: z.string().optional(),
    })
    .describe('A check before the release, and its result.'),
  z
    .object({
      type: z.literal('plan'),
      kind: z.enum(['release', 'rollback']),
      from: version,
      to: version,
      changes: z.array(change).describe('Differences in task definition and service, with values as text for people.'),
    })
    .describe('The plan of the release.'),
  z.object({ type: z.literal('phase'), phase, status: z.string(), ...event }),
  z.object({ type: z.literal('traffic'), greenPercent: z.number(), bluePercent: z.number(), ...event }),
  z.object({ type: z.literal('tasks'), taskSet, ...event }),
  z.object({ type: z.literal('gate'), gate, ...event }),
  z.object({ type: z.literal('service'), ...event }),
  z.object({ type: z.literal('task-stopped'), task: stoppedTask, ...event }),
  z.object({
    type: z.literal('lifecycle'),
    name: z.string(),
    status: z.string(),
    diagnostics: z.string().optional(),
    ...event,
  }),
  z.object({ type: z.literal('verdict'), verdict, reason: z.string().optional(), ...event }),
  z.object({ type: z.literal('note'), ...event }),
  snapshot,
  status,
  z
    .looseObject({
      type: z.literal('result'),
      verb: z.string().optional(),
      environment: z.string().optional(),
      suffix: z.string().optional(),
      status: z.enum(['succeeded', 'running', 'failed']),
      end: z
        .enum(['succeeded', 'rolled-back', 'rollback-failed', 'stopped', 'detached', 'refused'])
        .optional()
        .describe('The result of the release.'),
      cause: z.string().optional(),
      deploymentId: z.string().optional(),
      imageWarning: z
        .string()
        .optional()
        .describe('`release status` while a release is in progress: an image in use is missing or about to expire.'),
      problems: z.array(z.string()).optional().describe('The reasons for the refusal, one sentence each.'),
      exitCode: z
        .number()
        .describe('0 done, 1 refused, 10 rolled back, 11 rollback failed, 12 stopped, 13 in progress.'),
    })
    .describe('The last line.'),
]);

export type ReleaseLine = z.infer<typeof releaseLine>;

/** The JSON schema of a line of `nightshift release --json`, for those who write programs that read it. */
export function releaseLineSchema() {
  return {
    title: 'Nightshift release line',
    description:
      'One line of nightshift release --json. New fields and new types may be added; readers ignore what they do not know.',
    ...z.toJSONSchema(releaseLine, { io: 'input', target: 'draft-7' }),
  };
}
