import type { Environment } from '@nightshift/config';
import type { ReleaseContext } from '@nightshift/release';
import { awsError } from '../aws/aws-error';
import type { Effects } from '../effects';
import { chosenEnvironment } from '../environment/chosen-environment';
import type { ConfigurationOption } from '../environment/configuration-option';
import type { ReleaseEngine } from './world/release-engine';
import type { ReleaseWorld } from './world/release-world';

/** What a verb on the releases of an environment works with. */
export interface Releases {
  readonly verb: string;
  readonly environment: Environment;
  readonly context: ReleaseContext;
  readonly engine: ReleaseEngine;
  readonly effects: Effects;
}

/** Does something with the releases of the environment that is named. What AWS refuses is said in words. */
export async function onReleases(
  verb: string,
  options: ConfigurationOption,
  { engine, contextFor }: ReleaseWorld,
  effects: Effects,
  act: (releases: Releases) => Promise<void>,
): Promise<void> {
  const environment = chosenEnvironment(verb, options, effects);
  try {
    const context = await contextFor(environment, effects);
    await act({ verb, environment, context, engine, effects });
  } catch (error) {
    throw awsError(error, `releases of ${environment.suffix}`);
  }
}
