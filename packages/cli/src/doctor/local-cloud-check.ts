import type { Environment } from '@nightshift/config';
import type { Check } from './check';
import type { DoctorContext } from './doctor-context';

export const LOCAL_CLOUD = 'local cloud';

/** Whether the local cloud runs; skipped for an environment in AWS. */
export function localCloudCheck({ cloud }: Pick<Environment, 'cloud'>, { effects }: DoctorContext): Check {
  return {
    title: LOCAL_CLOUD,
    look: async () => {
      if (cloud === 'aws') return { mark: 'SKIP', detail: 'the environment is in AWS' };
      const status = await (await effects.localCloud()).status();
      if (!status.running) {
        const { diedLog } = status;
        const detail = diedLog === undefined ? 'is not running' : `ended by itself, its log is ${diedLog}`;
        return { mark: 'NG', detail, remedy: 'start it: npx nightshift local up' };
      }
      if (!status.outdated) return { mark: 'OK', detail: `runs at ${status.url}` };
      return {
        mark: 'NG',
        detail: `runs at ${status.url} with the code of another version of this checkout`,
        remedy:
          'start it anew: npx nightshift local down, then npx nightshift local up (what is deployed to it is lost)',
      };
    },
  };
}
