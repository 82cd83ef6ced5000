import { versionName } from '../planning/image-reference';
import type { Check } from './check';
import type { Surroundings } from './surroundings';

/** There is a version that was good, to go back to. */
export function lastGoodCheck({ lastGood }: Surroundings): Check {
  return {
    title: 'last good release',
    look: async () => {
      const version = await lastGood();
      const { taskDefinition } = version;
      return {
        mark: 'OK',
        detail: `${versionName(version)} by ${taskDefinition.slice(taskDefinition.indexOf('/') + 1)}`,
      };
    },
  };
}
