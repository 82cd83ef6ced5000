import type { ReleaseTarget } from '../target';
import type { DeploymentSettings, TrafficRouting } from './deployment-settings';

/** How long the parts of a release take, in AWS's seconds. */
export interface ReleaseTiming {
  /** Usually, from the creation to healthy new tasks. */
  readonly install: number;
  /** From the first to the last part of the traffic. */
  readonly shift: number;
  /** How long the old tasks stay after it. */
  readonly termination: number;
  /** From the creation to when CodeDeploy has ended in any case. */
  readonly limit: number;
}

const MINUTE = 60;

/** From the call to a container that starts: the task's network and the image. Fargate tasks take half a minute to one and a half. */
const PROVISIONING = 90;

/** What CodeDeploy waits for the new tasks: https://docs.aws.amazon.com/codedeploy/latest/userguide/deployments-stop.html */
const INSTALL_LIMIT = 60 * MINUTE;

/** CodeDeploy's own work between all these: some seconds each. */
const TRANSITIONS = 5 * MINUTE;

export function releaseTiming(
  { environment }: ReleaseTarget,
  { routing, terminationWaitMinutes }: Pick<DeploymentSettings, 'routing' | 'terminationWaitMinutes'>,
): ReleaseTiming {
  const { healthyThreshold, intervalSeconds } = environment.loadBalancer.healthCheck;
  const shift = shiftMinutes(routing) * MINUTE;
  const termination = terminationWaitMinutes * MINUTE;
  return {
    install: PROVISIONING + healthyThreshold * intervalSeconds,
    shift,
    termination,
    limit: INSTALL_LIMIT + shift + termination + TRANSITIONS,
  };
}

/** How long a release usually takes, in minutes, rounded up: what must fit before a processing window. */
export function usualMinutes({ install, shift, termination }: ReleaseTiming): number {
  return Math.ceil((install + shift + termination) / MINUTE);
}

/**
 * The first part of the traffic moves at once: ten parts a minute apart take nine minutes.
 * https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-configurations.html#deployment-configuration-ecs
 */
function shiftMinutes(routing: TrafficRouting): number {
  switch (routing.type) {
    case 'all-at-once':
      return 0;
    case 'canary':
      return routing.intervalMinutes;
    case 'linear':
      return (Math.ceil(100 / routing.percentage) - 1) * routing.intervalMinutes;
  }
}
