import { setTimeout } from 'node:timers/promises';
import type { Environment } from '@nightshift/config';
import * as engine from '@nightshift/release';
import type * as release from '@nightshift/release';
import { type Clock, connectRelease, type ReleaseContext, releaseTarget } from '@nightshift/release';
import type { Directories, Identifiers, Keyboard, ProcessControl } from '../../effects';
import {
  callerOf,
  clientConfig,
  guardAccount,
  awsError,
  type LocalClouds,
  type CloudEffects,
  type ProcessVariables,
} from '@nightshift/aws-access';
import { chosenEnvironment, type ConfigurationOption } from '../../chosen-environment';
import type { Terminal, Time } from '@nightshift/console';
import { testListenerOf } from './test-listener';

/** What a verb on the releases of an environment works with. */
export interface Releases {
  readonly verb: string;
  readonly environment: Environment;
  readonly context: ReleaseContext;
  readonly engine: ReleaseEngine;
  readonly effects: Terminal & Keyboard & Time & ProcessVariables & Directories & ProcessControl;
}

/** Runs an action on the releases of an environment. Errors of AWS become user errors. */
export async function onReleases(
  verb: string,
  options: ConfigurationOption,
  { engine, contextFor }: ReleaseWorld,
  effects: Terminal & Keyboard & Time & ProcessVariables & Directories & ProcessControl & Identifiers & LocalClouds,
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

/** The release engine and its connection to AWS. */
export interface ReleaseWorld {
  readonly engine: ReleaseEngine;
  /** Everything that the engine needs, for the cloud of the environment. */
  readonly contextFor: (environment: Environment, effects: ContextEffects) => Promise<ReleaseContext>;
}

type ContextEffects = CloudEffects & Pick<Time, 'now'> & Identifiers;

export const releaseWorld: ReleaseWorld = { engine, contextFor: releaseContext };

/**
 * @throws {UserError} when the environment is in the local cloud and that does not run, or when it names an account and the
 * credentials belong to another.
 */
export async function releaseContext(environment: Environment, effects: ContextEffects): Promise<ReleaseContext> {
  const local = environment.cloud === 'local';
  const clients = connectRelease(await clientConfig(environment, effects));
  if (!local) guardAccount(environment, await callerOf(clients.sts));
  return {
    target: releaseTarget(environment),
    clients,
    clock: { now: effects.now, sleep },
    timeScale: local ? await localTimeScale(effects) : 1,
    newId: effects.newId,
    testListener: testListenerOf(environment, effects),
  };
}

const sleep: Clock['sleep'] = async (milliseconds, signal) => {
  try {
    await setTimeout(milliseconds, undefined, signal && { signal });
  } catch {
    // The signal fired.
  }
};

async function localTimeScale({ localCloud }: LocalClouds): Promise<number> {
  const status = await (await localCloud()).status();
  return status.running ? status.timeScale : 1;
}

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
