import type { Problem } from '@nightshift/errors';
import { labelOf } from './environment-names';
import { checkEnvironmentFile, environmentNames } from './load-environment';

/** What is doubtful about environments that the pipeline deploys. A file that has problems of its own is left out. */
export function deliveryWarnings(directory: string): Problem[] {
  return environmentNames(directory).flatMap((name) => {
    const { file } = checkEnvironmentFile(directory, name);
    if (!file?.delivery || file.alarms.emails.length > 0) return [];
    return [
      {
        where: `${labelOf(directory, name)}: alarms.emails`,
        what: 'is empty, but the pipeline deploys this environment, so nobody receives its alarms',
        todo: 'add an address, or subscribe to the topic in another way (output topic_arn)',
      },
    ];
  });
}
