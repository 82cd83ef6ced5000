import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import type { DeploymentInfo, ECSTarget } from '@aws-sdk/client-codedeploy';
import type { Service, Task } from '@aws-sdk/client-ecs';
import type { TargetHealthDescription } from '@aws-sdk/client-elastic-load-balancing-v2';

/** The service, its traffic, gates and tasks at one moment, whether a deployment is in progress or not. */
export interface ServiceObservation {
  readonly time: Date;
  readonly service: Service;
  /** Share of the production traffic by the ARN of the target group. */
  readonly traffic: ReadonlyMap<string, number>;
  /** As CloudWatch names it, such as `app/alb-prod/0123456789abcdef`. */
  readonly loadBalancer: string;
  /** By the ARN of the target group. */
  readonly health: ReadonlyMap<string, readonly TargetHealthDescription[]>;
  readonly alarms: readonly MetricAlarm[];
  /** The newest value of its metric by the name of the alarm. */
  readonly latest: ReadonlyMap<string, number>;
  /** All tasks since the start of the watch, including stopped ones. */
  readonly tasks: readonly Task[];
  /** Last lines of stopped tasks, by ARN. */
  readonly logLines: ReadonlyMap<string, readonly string[]>;
  /** Display names of versions by task definition ARN. */
  readonly versions: ReadonlyMap<string, string>;
}

/** The same with a deployment. */
export interface Observation extends ServiceObservation {
  readonly deployment: DeploymentInfo;
  /** The deployment's service as CodeDeploy sees it. Undefined: it has not started yet. */
  readonly target: ECSTarget | undefined;
  /** The deployment that rolls this one back. */
  readonly rollback: DeploymentInfo | undefined;
}
