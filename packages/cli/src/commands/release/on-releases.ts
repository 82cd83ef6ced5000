import type { Environment } from '@nightshift/config';
import { everydayCommands, UserError } from '@nightshift/errors';
import * as engine from '@nightshift/release';
import type * as release from '@nightshift/release';
import { type ContextEffects, type ReleaseContext, releaseContext } from '@nightshift/release';
import type { Directories, Identifiers } from '@nightshift/stack-run';
import type { Keyboard, Terminal, Time, ProcessControl, KeyPresses } from '@nightshift/console';
import { awsError, type LocalClouds, type ProcessVariables } from '@nightshift/aws-access';
import { chosenEnvironment, type ConfigurationOption } from '../../verb-options';

/** The context of a verb on the releases of an environment. */
export interface Releases {
  readonly verb: string;
  readonly environment: Environment;
  readonly context: ReleaseContext;
  readonly engine: ReleaseEngine;
  readonly effects: Terminal & Keyboard & KeyPresses & Time & ProcessVariables & Directories & ProcessControl;
}

/** Runs an action on the releases of an environment. Errors of AWS become user errors. */
export async function onReleases(
  verb: string,
  options: ConfigurationOption,
  { engine, contextFor }: ReleaseWorld,
  effects: Releases['effects'] & Identifiers & LocalClouds,
  act: (releases: Releases) => Promise<void>,
): Promise<void> {
  const environment = chosenEnvironment(verb, options, effects);
  try {
    const context = await contextFor(environment, effects);
    await act({ verb, environment, context, engine, effects });
  } catch (error) {
    const where = `environment ${environment.suffix}`;
    if (NOT_DEPLOYED.test(String(error))) {
      throw new UserError({ where, what: 'is not deployed', todo: `deploy it: ${deployCommand(environment)}` });
    }
    throw awsError(error, where);
  }
}

/** The errors of AWS for a missing state bucket or log group. */
const NOT_DEPLOYED = /^(?:NoSuchBucket|ResourceNotFoundException: .*log group)/;

/** The command that deploys all stacks; for the local cloud, it also starts the cloud. */
export function deployCommand(environment: Environment): string {
  const { nightshift, nx } = everydayCommands(environment);
  return environment.cloud === 'aws' ? nx('deploy') : nightshift('start');
}

/** The release engine and its connection to AWS. */
export interface ReleaseWorld {
  readonly engine: ReleaseEngine;
  /** The context of the engine, for the cloud of the environment. */
  readonly contextFor: (environment: Environment, effects: ContextEffects) => Promise<ReleaseContext>;
}

export const releaseWorld: ReleaseWorld = { engine, contextFor: releaseContext };

/** The functions of the release engine that the verbs use. */
export type ReleaseEngine = Pick<
  typeof release,
  | 'preflight'
  | 'startRelease'
  | 'watchRelease'
  | 'resumeRelease'
  | 'stopRelease'
  | 'promoteRelease'
  | 'releaseHistory'
  | 'imageWarning'
  | 'otherDeployment'
  | 'serviceStatus'
  | 'serviceTasks'
  | 'serviceUrl'
  | 'taskLogs'
  | 'startExec'
  | 'runningTask'
  | 'taskVariables'
>;
