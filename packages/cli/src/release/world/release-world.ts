import { setTimeout } from 'node:timers/promises';
import { connectRelease, releaseTarget, type Clock, type ReleaseContext } from '@nightshift/release';
import * as engine from '@nightshift/release';
import type { Environment } from '@nightshift/config';
import { clientConfig } from '../../aws/client-config';
import { callerOf, guardAccount } from '../../aws/caller';
import type { Effects } from '../../effects';
import type { CloudEffects } from '../../environment/cloud-environment';
import type { ReleaseEngine } from './release-engine';

/** How the verbs on releases reach the world. */
export interface ReleaseWorld {
  readonly engine: ReleaseEngine;
  /** All that the engine works with, in the cloud that an environment is in. */
  readonly contextFor: (environment: Environment, effects: ContextEffects) => Promise<ReleaseContext>;
}

type ContextEffects = CloudEffects & Pick<Effects, 'now' | 'newId'>;

export const releaseWorld: ReleaseWorld = { engine, contextFor: releaseContext };

/**
 * @throws {UserError} when the environment is in the local cloud and that does not run, or when it names an account and the
 * credentials belong to another.
 */
export async function releaseContext(environment: Environment, effects: ContextEffects): Promise<ReleaseContext> {
  const local = environment.cloud === 'local';
  const clients = await connectRelease(await clientConfig(environment, effects));
  if (!local) guardAccount(environment, await callerOf(clients.sts));
  return {
    target: releaseTarget(environment),
    clients,
    clock: { now: effects.now, sleep },
    timeScale: local ? await localTimeScale(effects) : 1,
    newId: effects.newId,
  };
}

const sleep: Clock['sleep'] = async (milliseconds, signal) => {
  try {
    await setTimeout(milliseconds, undefined, signal && { signal });
  } catch {
    // The signal fired.
  }
};

async function localTimeScale({ localCloud }: Pick<Effects, 'localCloud'>): Promise<number> {
  const status = await (await localCloud()).status();
  return status.running ? status.timeScale : 1;
}
