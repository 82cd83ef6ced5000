import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type AwsClients, type LocalClouds, type ProcessVariables, connectEnvironment } from '@nightshift/aws-access';
import type { Environment } from '@nightshift/config';
import type { Check, ReleaseRemains } from '@nightshift/release';
import type { findProviders, findTerraform } from '@nightshift/terraform';

/** More than a file system stores in the directory entry, so that a full disk is noticed. */
const WRITTEN_BYTES = 65_536;

/** Everything that the checks read; tests pass fakes. */
export interface RequirementsContext {
  readonly effects: ProcessVariables & { readonly root: string } & LocalClouds;
  /** Version of the running Node.js, such as `20.20.2`. */
  readonly nodeVersion: string;
  /** Writes a file into a directory and removes it. @throws {Error} when that is not possible. */
  readonly tryToWrite: (directory: string) => Promise<void>;
  /** @throws {UserError} when the local cloud cannot run on any Python of this machine. */
  readonly findPython: (
    env: ProcessVariables['env'],
  ) => Promise<{ readonly version: string; readonly executable: string }>;
  readonly findTerraform: typeof findTerraform;
  readonly findProviders: typeof findProviders;
  /** The requirements of the environment: quotas, and the images in use. */
  readonly accountRequirements: (environment: Environment) => Promise<readonly Check[]>;
  /** Restores the auto-scaling that a release left suspended. */
  readonly finishEnded: (environment: Environment) => Promise<ReleaseRemains>;
  /** Clients for the environment's cloud. */
  readonly connect: (environment: Environment) => Promise<AwsClients>;
}

/** This machine, as it is. */
export function machineContext(
  effects: RequirementsContext['effects'] & { readonly releases: Pick<RequirementsContext, 'finishEnded'> },
): RequirementsContext {
  return {
    effects,
    nodeVersion: process.versions.node,
    tryToWrite: async (directory) => {
      const place = await mkdtemp(join(directory, '.doctor-'));
      try {
        await writeFile(join(place, 'file'), 'x'.repeat(WRITTEN_BYTES));
      } finally {
        await rm(place, { recursive: true });
      }
    },
    findPython: async (env) => (await import('@nightshift/local-cloud')).findPython(env),
    findTerraform: async (options) => (await import('@nightshift/terraform')).findTerraform(options),
    findProviders: async (options) => (await import('@nightshift/terraform')).findProviders(options),
    accountRequirements: async (environment) =>
      (await import('@nightshift/release')).accountRequirements(environment, effects),
    finishEnded: (environment) => effects.releases.finishEnded(environment),
    connect: (environment) => connectEnvironment(environment, effects),
  };
}
