import type { Environment } from '@nightshift/config';
import { everydayCommands } from '@nightshift/errors';
import { imageBehaviours } from './image-behaviours';
import type { PushedImage } from './push-image';

/** What was pushed, and what to try next. */
export function pushReport(
  environment: Pick<Environment, 'name' | 'suffix'>,
  { repository, tag, digest, behaves, pushed }: PushedImage,
): string {
  const { nxRun } = everydayCommands(environment);
  return [
    pushed ? `Pushed ${tag} to ${repository}` : `${repository} has this image as ${tag} already`,
    `  digest    ${digest}`,
    `  behaves   ${behaves}: ${imageBehaviours[behaves]}`,
    '',
    'What to try next',
    `  ${nxRun('compute', 'release')} --image ${tag}   replaces the version that runs, and shows how`,
    '',
  ].join('\n');
}
