import { type Immutable, timeText as time } from '@nightshift/console/json';
import { z } from 'zod';

export const phase = z
  .enum(['created', 'installing', 'testing', 'shifting', 'baking', 'terminating', 'rolling-back', 'ended'])
  .describe('The phase of a deployment. `baking`: all traffic is on the new tasks, and the old ones still run.');

/** A version that runs or is released. */
export const releaseVersion = z
  .object({
    digest: z
      .string()
      .optional()
      .describe('`sha256:` and 64 digits; absent if the task definition names a tag that was never resolved.'),
    tag: z.string().optional(),
    taskDefinition: z.string().optional().describe('ARN of the revision; absent if it is not registered yet.'),
  })
  .readonly();

/** https://docs.aws.amazon.com/autoscaling/application/APIReference/API_SuspendedState.html */
export const suspendedState = z
  .object({
    DynamicScalingInSuspended: z.boolean().optional(),
    DynamicScalingOutSuspended: z.boolean().optional(),
    ScheduledScalingSuspended: z.boolean().optional(),
  })
  .readonly();

export const verificationOutcome = z.enum(['passed', 'failed', 'not-verified']);

const verification = z.object({ outcome: verificationOutcome, text: z.string(), time }).readonly();

const traffic = z
  .object({
    requests: z.number(),
    failed: z.number().describe('Answered with a server error.'),
    balancerErrors: z.number().describe('Server errors of the load balancer itself, whichever version they were for.'),
  })
  .readonly();

/** A release as it is kept in the state bucket. Times are ISO 8601 in UTC, durations seconds. */
export const releaseRecord = z
  .object({
    version: z.literal(1),
    id: z.string(),
    suffix: z.string(),
    startedAt: time,
    endedAt: time.optional(),
    by: z.string().describe('ARN of the caller.'),
    kind: z.enum(['release', 'rollback']),
    from: releaseVersion,
    to: releaseVersion,
    changes: z
      .array(z.string())
      .optional()
      .describe(
        'The differences between both versions, one line each. Absent if an earlier version of this tool made the release.',
      ),
    deploymentId: z.string().optional(),
    strategy: z.array(z.object({ capacityProvider: z.string(), weight: z.number(), base: z.number() }).readonly()),
    events: z.array(z.object({ time, text: z.string() }).readonly()),
    outcome: z
      .enum(['succeeded', 'rolled-back', 'rollback-failed', 'stopped', 'not-started'])
      .optional()
      .describe(
        'Absent while it is in progress. `not-started`: there was no deployment, or CodeDeploy has deleted it.',
      ),
    cause: z.string().optional().describe('The reason for the failure.'),
    durations: z.partialRecord(phase, z.number()).describe('Seconds of each phase.'),
    scaling: z
      .object({
        noted: z.boolean().optional().describe('Auto-scaling may have been changed.'),
        suspendedBefore: suspendedState
          .optional()
          .describe('The suspended state before the release. Absent if it is unchanged or without auto-scaling.'),
        restored: z.boolean().optional(),
      })
      .readonly(),
    verification: verification
      .optional()
      .describe('Whether the new version answered the test requests before traffic moved.'),
    traffic: traffic
      .optional()
      .describe(
        'The traffic of the new version from the start of the traffic shift to the end. Absent if it is not known.',
      ),
    duringWindow: z.string().optional().describe('The reason for the release during a processing window.'),
  })
  .readonly()
  .describe('A release as it is kept in the state bucket.');

export type ReleaseRecord = Immutable<z.output<typeof releaseRecord>>;
export type Verification = z.infer<typeof verification>;
export type ReleaseTraffic = z.infer<typeof traffic>;
export type ReleaseVersion = z.infer<typeof releaseVersion>;
export type SuspendedState = z.infer<typeof suspendedState>;
