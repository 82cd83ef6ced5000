import { type Immutable, time } from '@nightshift/console/json';
import { z } from 'zod';
import { checkFinding } from './preflight/checklist';
import { phase, releaseRecord, suspendedState, verificationOutcome } from './record';

export type Phase = z.output<typeof phase>;

const lifecycleEvent = z.object({
  name: z.string().describe('Name of CodeDeploy, such as `AllowTraffic`.'),
  status: z.string().describe('Status of CodeDeploy, such as `Succeeded`.'),
  startedAt: time.optional(),
  endedAt: time.optional(),
  diagnostics: z.string().optional().describe("CodeDeploy's message of a failure."),
});

/** An event in the life of the deployment. */
export type LifecycleEvent = Immutable<z.output<typeof lifecycleEvent>>;

const percent = z.number().describe('Share of the production traffic, in percent.');

const targets = { healthy: z.number(), unhealthy: z.number(), draining: z.number() };

export const taskSet = z
  .object({
    label: z.enum(['blue', 'green']).describe('`blue` runs at the start, `green` is to replace it.'),
    id: z.string().describe('Id of ECS, such as `ecs-svc/1234567890123456789`.'),
    version: z.string().describe('Tag of the image, or the beginning of its digest.'),
    taskDefinition: z.string().describe('Family and revision.'),
    targetGroup: z.string().describe('Name of its target group.'),
    desired: z.number(),
    running: z.number(),
    pending: z.number(),
    failed: z.number().describe('Tasks that failed since the start.'),
    trafficPercent: percent,
    ...targets,
    spot: z.number().describe('Tasks on FARGATE_SPOT.'),
    onDemand: z.number().describe('Tasks on FARGATE.'),
  })
  .describe('A task set. Counts are tasks, or targets of its target group.');

/** One of the two sets of tasks. */
export type TaskSetView = Immutable<z.output<typeof taskSet>>;

const progress = z.object({
  shiftedPercent: z.number().describe('Production traffic on the green tasks, in percent.'),
  expectedEnd: time.describe('The expected end, with the termination wait. ISO 8601, UTC.'),
  shiftEnds: time.optional().describe('The expected end of the traffic shift, once it has begun. ISO 8601, UTC.'),
  terminationEnds: time
    .optional()
    .describe('The termination of the old tasks, once the shift has ended. ISO 8601, UTC.'),
  deadline: time.describe('The time by which CodeDeploy has succeeded, failed or timed out. ISO 8601, UTC.'),
});

export type ReleaseProgress = Immutable<z.output<typeof progress>>;

export const gate = z
  .object({
    name: z.string(),
    state: z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']),
    latest: z.number().optional().describe('Latest value of the metric, in `unit`; absent without data.'),
    unit: z.string().optional().describe('Unit of `latest` and `threshold`.'),
    threshold: z.number(),
    comparison: z.string().describe('Value of CloudWatch, such as `GreaterThanThreshold`.'),
    reason: z.string().optional().describe("CloudWatch's reason for the state of the alarm."),
  })
  .describe('A release gate.');

export type GateView = Immutable<z.output<typeof gate>>;

const serviceEvent = z.object({ time, text: z.string().describe("In ECS's words.") });

/** An event of the service. */
export type ServiceEventView = Immutable<z.output<typeof serviceEvent>>;

export const stoppedTask = z.object({
  id: z.string(),
  version: z.string(),
  stoppedAt: time,
  reason: z.string().describe("In ECS's words."),
  exitCode: z.number().optional(),
  logLines: z.array(z.string()).describe('The last log lines of the task.'),
});

/** A task that failed. */
export type StoppedTask = Immutable<z.output<typeof stoppedTask>>;

export const releaseVerdict = z
  .enum(['on-time', 'slow', 'stuck'])
  .describe('`slow`: later than expected, but in progress. `stuck`: it will not succeed.');

export type ReleaseVerdict = z.output<typeof releaseVerdict>;

export const snapshot = z
  .object({
    time,
    deploymentId: z.string(),
    startedAt: time,
    phase,
    status: z.string().describe('Status of CodeDeploy.'),
    lifecycle: z.array(lifecycleEvent),
    taskSets: z.array(taskSet),
    progress,
    alarms: z.array(gate),
    events: z.array(serviceEvent).describe('Events of the service since the start, newest last.'),
    stoppedTasks: z.array(stoppedTask).describe('Newest last.'),
    verification: verificationOutcome
      .optional()
      .describe('Result of the test before traffic moves. Absent before it, and without a record of the release.'),
    verdict: releaseVerdict,
    verdictReason: z.string().optional().describe('The reason for the delay.'),
  })
  .describe('All that can be seen of a release at one moment.');

export type Snapshot = Immutable<z.output<typeof snapshot>>;

const targetGroup = z.object({ name: z.string(), arn: z.string(), trafficPercent: percent, ...targets });

/** A target group at one moment. */
export type TargetGroupView = Immutable<z.output<typeof targetGroup>>;

const currentVersion = z.object({
  name: z.string(),
  taskDefinition: z.string().describe('Family and revision.'),
  registeredBy: z.enum(['Terraform', 'a release', 'another client']),
});

/** The version of the primary task set. */
export type CurrentVersion = Immutable<z.output<typeof currentVersion>>;

const otherDeployment = z.object({
  deploymentId: z.string(),
  status: z.string(),
  creator: z
    .string()
    .optional()
    .describe(
      'Such as `user` or `codeDeployRollback`: https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_DeploymentInfo.html',
    ),
  description: z.string().optional(),
});

/** A deployment that another client or CodeDeploy created. */
export type OtherDeployment = Immutable<z.output<typeof otherDeployment>>;

const statusProblem = z.object({
  severity: z
    .enum(['act', 'warning'])
    .describe('`act`: not all of the service is on its primary task set although no deployment is in progress.'),
  what: z.string(),
  todo: z.string(),
});

export type StatusProblem = Immutable<z.output<typeof statusProblem>>;

const scaling = z.object({
  minimum: z.number().describe('Tasks.'),
  maximum: z.number().describe('Tasks.'),
  suspended: suspendedState,
});

/** The scaling of the service. */
export type ServiceScaling = Immutable<z.output<typeof scaling>>;

export const serviceStatus = z
  .object({
    time,
    version: currentVersion,
    desired: z.number(),
    taskSets: z.array(taskSet).describe('`blue` is the primary task set; any other one is `green`.'),
    targetGroups: z.array(targetGroup),
    gates: z.array(gate),
    images: checkFinding.describe(
      'The images that run or that a rollback needs, and whether they stay in the repository.',
    ),
    scaling: scaling.optional().describe('Absent without auto-scaling.'),
    deploymentId: z.string().optional().describe('Id of the deployment in progress.'),
    lastRelease: releaseRecord.optional().describe('The record of the newest release.'),
    otherDeployment: otherDeployment
      .optional()
      .describe('The newest deployment, if it belongs to no recorded release.'),
    events: z.array(serviceEvent).describe('Events of the last hour, newest last.'),
    stoppedTasks: z.array(stoppedTask),
    problems: z.array(statusProblem).describe('The most urgent first.'),
  })
  .describe('The current state of a service.');

export type ServiceStatus = Immutable<z.output<typeof serviceStatus>>;
