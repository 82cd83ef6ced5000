import type { Check } from './check';
import type { Surroundings } from './surroundings';

/** CodeDeploy makes one deployment of a group at a time. */
export function inFlightCheck({ goingOn, commands }: Surroundings): Check {
  return {
    title: 'no other release',
    look: async () => {
      const deployments = await goingOn();
      if (deployments.length === 0) return { mark: 'OK', detail: 'no deployment goes on' };
      return {
        mark: 'NG',
        detail: `${deployments.join(', ')} goes on`,
        remedy: `watch it: ${commands.nightshift('release watch')}, or take it back: ${commands.nightshift('release stop')}`,
      };
    },
  };
}
