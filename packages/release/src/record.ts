import { z } from 'zod';

const phases = [
  'created',
  'installing',
  'testing',
  'shifting',
  'baking',
  'terminating',
  'rolling-back',
  'ended',
] as const;

const time = z.iso.datetime();

/** A version that runs or is released. */
const version = z
  .object({
    /** `sha256:` and 64 digits; undefined where the task definition names a tag that was never resolved. */
    digest: z.string().optional(),
    tag: z.string().optional(),
    /** ARN of the revision. */
    taskDefinition: z.string().optional(),
  })
  .readonly();

/** https://docs.aws.amazon.com/autoscaling/application/APIReference/API_SuspendedState.html */
const suspendedState = z
  .object({
    DynamicScalingInSuspended: z.boolean().optional(),
    DynamicScalingOutSuspended: z.boolean().optional(),
    ScheduledScalingSuspended: z.boolean().optional(),
  })
  .readonly();

const verification = z
  .object({ outcome: z.enum(['passed', 'failed', 'not-verified']), text: z.string(), time })
  .readonly();

const traffic = z
  .object({
    requests: z.number(),
    /** Answered with a server error. */
    failed: z.number(),
    /** Server errors of the load balancer itself, whichever version they were for. */
    balancerErrors: z.number(),
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
    /** ARN of the caller. */
    by: z.string(),
    kind: z.enum(['release', 'rollback']),
    from: version,
    to: version,
    /** The differences between both versions, one line each. Undefined: an earlier version of this tool made the release. */
    changes: z.array(z.string()).optional(),
    deploymentId: z.string().optional(),
    strategy: z.array(z.object({ capacityProvider: z.string(), weight: z.number(), base: z.number() }).readonly()),
    events: z.array(z.object({ time, text: z.string() }).readonly()),
    /** Undefined while it is in progress. `not-started`: there was no deployment, or CodeDeploy has deleted it. */
    outcome: z.enum(['succeeded', 'rolled-back', 'rollback-failed', 'stopped', 'not-started']).optional(),
    /** The reason for the failure. */
    cause: z.string().optional(),
    durations: z.partialRecord(z.enum(phases), z.number()),
    scaling: z
      .object({
        /** Auto-scaling may have been changed. */
        noted: z.boolean().optional(),
        /** The suspended state before the release. Undefined: unchanged, or no auto-scaling. */
        suspendedBefore: suspendedState.optional(),
        restored: z.boolean().optional(),
      })
      .readonly(),
    /** Whether the new version answered the test requests before traffic moved. */
    verification: verification.optional(),
    /** The traffic of the new version from the start of the traffic shift to the end. Undefined: not known. */
    traffic: traffic.optional(),
    /** The reason for the release during a processing window. */
    duringWindow: z.string().optional(),
  })
  .readonly();

export type ReleaseRecord = z.infer<typeof releaseRecord>;
export type Verification = z.infer<typeof verification>;
export type ReleaseTraffic = z.infer<typeof traffic>;
export type ReleaseVersion = z.infer<typeof version>;
export type SuspendedState = z.infer<typeof suspendedState>;
