import { findingOf, type Check } from './check';
import type { Surroundings } from './surroundings';

/** A failure, an alarm and a stop bring the former version back (R10.4). */
const ROLLBACK_EVENTS = ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM', 'DEPLOYMENT_STOP_ON_REQUEST'] as const;

/** CodeDeploy releases this service blue/green, and takes a bad version back by itself. */
export function deploymentGroupCheck({ deploymentGroup, target, commands }: Surroundings): Check {
  return {
    title: 'deployment group',
    look: async () => {
      const { ecsServices = [], autoRollbackConfiguration: rollback, deploymentConfigName } = await deploymentGroup();
      const { cluster, service } = target;
      const isOurs = ecsServices.some(
        ({ clusterName, serviceName }) => clusterName === cluster && serviceName === service,
      );
      const events = rollback?.enabled ? (rollback.events ?? []) : [];
      const missing = ROLLBACK_EVENTS.filter((event) => !events.includes(event));
      return findingOf(
        [
          ...(isOurs ? [] : [`it is not for ${service}`]),
          ...(missing.length === 0 ? [] : [`it does not roll back on ${missing.join(', ')}`]),
        ],
        `${target.deploymentGroup} by ${String(deploymentConfigName)}, with automatic rollback`,
        `bring it back to what it was: ${commands.nxRun('compute', 'deploy')}`,
      );
    },
  };
}
