import type { Finding } from './preflight/checklist';
import type { ReleaseRecord } from './record';
import type { ServiceScaling } from './start/service-scaling';

/** The phase of a deployment. `baking`: the new tasks get all traffic, and the old tasks still run. */
export type Phase =
  'created' | 'installing' | 'testing' | 'shifting' | 'baking' | 'terminating' | 'rolling-back' | 'ended';

/** An event in the life of the deployment, such as `AllowTraffic`, in CodeDeploy's words. */
export interface LifecycleEvent {
  readonly name: string;
  readonly status: string;
  readonly startedAt?: Date;
  readonly endedAt?: Date;
  /** CodeDeploy's message of a failure. */
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
  /** The expected end, including the termination wait. */
  readonly expectedEnd: Date;
  /** The expected end of the traffic shift. Set once the shift has begun. */
  readonly shiftEnds?: Date;
  /** The termination of the old tasks. Set once the shift has ended. */
  readonly terminationEnds?: Date;
  /** The latest possible end: CodeDeploy has succeeded, failed or timed out by then. */
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
  /** Value of CloudWatch, such as `GreaterThanThreshold`. */
  readonly comparison: string;
  /** CloudWatch's reason for the state of the alarm. */
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
  /** The last log lines. */
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
  /** Status of CodeDeploy. */
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
  /** The reason for the delay. */
  readonly verdictReason?: string;
}

/** A target group at one moment. */
export interface TargetGroupView {
  readonly name: string;
  readonly arn: string;
  /** Share of the production traffic. */
  readonly trafficPercent: number;
  readonly healthy: number;
  readonly unhealthy: number;
  readonly draining: number;
}

/** The version of the primary task set. */
export interface CurrentVersion {
  readonly name: string;
  /** Family and revision. */
  readonly taskDefinition: string;
  readonly registeredBy: 'Terraform' | 'a release' | 'another client';
}

/** A deployment that another client or CodeDeploy created. */
export interface OtherDeployment {
  readonly deploymentId: string;
  readonly status: string;
  /** Such as `user` or `codeDeployRollback`: https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_DeploymentInfo.html */
  readonly creator?: string;
  readonly description?: string;
}

/** The current state of a service. */
export interface ServiceStatus {
  readonly time: Date;
  readonly version: CurrentVersion;
  readonly desired: number;
  /** `blue` is the primary task set; any other one is `green`. */
  readonly taskSets: readonly TaskSetView[];
  readonly targetGroups: readonly TargetGroupView[];
  readonly gates: readonly GateView[];
  /** The images that run or that a rollback needs, and whether they stay in the repository. */
  readonly images: Finding;
  /** Undefined: the service does not scale. */
  readonly scaling: ServiceScaling | undefined;
  /** Id of a deployment in progress. */
  readonly deploymentId: string | undefined;
  /** The newest on record. */
  readonly lastRelease: ReleaseRecord | undefined;
  /** The newest deployment, if it belongs to no recorded release. */
  readonly otherDeployment: OtherDeployment | undefined;
  /** Events of the last hour, newest last. */
  readonly events: readonly ServiceEventView[];
  readonly stoppedTasks: readonly StoppedTask[];
  /** The most urgent first. */
  readonly problems: readonly StatusProblem[];
}

/** `act`: not all of the service is on its primary task set although no deployment is in progress. */
export interface StatusProblem {
  readonly severity: 'act' | 'warning';
  readonly what: string;
  readonly todo: string;
}
