import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { connectEnvironment } from '../aws/connect-environment';
import type { Effects } from '../effects';
import type { DoctorContext } from './doctor-context';

/** More than fits beside a file's name on the disk, so that a full one is noticed. */
const WRITTEN_BYTES = 65_536;

/** This machine, as it is. */
export function machineContext(effects: Effects): DoctorContext {
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
    quotaChecks: (environment) => effects.releases.quotaChecks(environment),
    connect: (environment) => connectEnvironment(environment, effects),
  };
}
