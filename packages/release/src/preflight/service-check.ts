import type { Check } from './check';
import type { Surroundings } from './surroundings';

/** There is a service, and CodeDeploy releases it (R10.1). */
export function serviceCheck({ running, commands }: Surroundings): Check {
  return {
    title: 'service',
    look: async () => {
      const { service, revision } = await running();
      const { type = 'ECS' } = service.deploymentController ?? {};
      const remedy = `have the compute stack replace it: ${commands.nxRun('compute', 'plan')}`;
      if (type !== 'CODE_DEPLOY') return { mark: 'NG', detail: `${type} releases it, not CODE_DEPLOY`, remedy };
      return {
        mark: 'OK',
        detail: `${String(service.serviceName)} runs ${String(revision.family)}:${String(revision.revision)}`,
      };
    },
  };
}
