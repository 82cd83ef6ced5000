/** Where a deployment stands; `baking` is the wait with all traffic on the new tasks, while the old ones still run. */
export type Phase =
  'created' | 'installing' | 'testing' | 'shifting' | 'baking' | 'terminating' | 'rolling-back' | 'ended';

/** An event in the life of the deployment, such as `AllowTraffic`, in CodeDeploy's words. */
export interface LifecycleEvent {
  readonly name: string;
  readonly status: string;
  readonly startedAt?: Date;
  readonly endedAt?: Date;
  /** What CodeDeploy says of a failure. */
  readonly diagnostics?: string;
}

/** One of the two sets of tasks. Counts are tasks, or targets of its target group. */
export interface TaskSetView {
  /** `blue` runs at the start, `green` is to replace it. */
  readonly label: 'blue' | 'green';
  /** Of ECS, such as `ecs-svc/1234567890123456789`. */
  readonly id: string;
  /** Tag of the image, or the beginning of its digest. */
  readonly version: string;
  /** Family and revision. */
  readonly taskDefinition: string;
  /** Name of its target group. */
  readonly targetGroup: string;
  readonly desired: number;
  readonly running: number;
  readonly pending: number;
  /** Tasks that failed since the start. */
  readonly failed: number;
  /** Share of the production traffic. */
  readonly trafficPercent: number;
  readonly healthy: number;
  readonly unhealthy: number;
  readonly draining: number;
  readonly spot: number;
  readonly onDemand: number;
}

export interface ReleaseProgress {
  /** Production traffic on the green tasks. */
  readonly shiftedPercent: number;
  /** When all should be over, the wait for the old tasks included. */
  readonly expectedEnd: Date;
  /** When the last part of the traffic moves. Once the shift has begun. */
  readonly shiftEnds?: Date;
  /** When the old tasks are ended. Once the shift is over. */
  readonly terminationEnds?: Date;
  /** When nothing is worth waiting for any longer: by then CodeDeploy has ended, one way or the other. */
  readonly deadline: Date;
}

/** A release gate. */
export interface GateView {
  readonly name: string;
  readonly state: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';
  /** Of the metric; undefined where there is no data. */
  readonly latest?: number;
  readonly unit?: string;
  readonly threshold: number;
  /** In CloudWatch's words, such as `GreaterThanThreshold`. */
  readonly comparison: string;
  /** Why the alarm is in its state, in CloudWatch's words. */
  readonly reason?: string;
}

/** An event of the service, in ECS's words. */
export interface ServiceEventView {
  readonly time: Date;
  readonly text: string;
}

/** A task that failed. */
export interface StoppedTask {
  readonly id: string;
  readonly version: string;
  readonly stoppedAt: Date;
  readonly reason: string;
  readonly exitCode?: number;
  /** What it wrote last. */
  readonly logLines: readonly string[];
}

/** `slow`: later than expected, but in progress. `stuck`: it will not succeed. */
export type ReleaseVerdict = 'on-time' | 'slow' | 'stuck';

/** All that can be seen of a release at one moment. */
export interface Snapshot {
  readonly time: Date;
  readonly deploymentId: string;
  readonly startedAt: Date;
  readonly phase: Phase;
  /** CodeDeploy's own word. */
  readonly status: string;
  readonly lifecycle: readonly LifecycleEvent[];
  readonly taskSets: readonly TaskSetView[];
  readonly progress: ReleaseProgress;
  readonly alarms: readonly GateView[];
  /** Since the start, newest last. */
  readonly events: readonly ServiceEventView[];
  /** Newest last. */
  readonly stoppedTasks: readonly StoppedTask[];
  readonly verdict: ReleaseVerdict;
  /** Why it is not on time. */
  readonly verdictReason?: string;
}
