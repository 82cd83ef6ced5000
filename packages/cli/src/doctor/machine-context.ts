import { connectEnvironment } from '../aws/connect-environment';
import type { Effects } from '../effects';
import type { DoctorContext } from './doctor-context';

/** This machine, as it is. */
export function machineContext(effects: Effects): DoctorContext {
  return {
    effects,
    nodeVersion: process.versions.node,
    findPython: async (env) => (await import('@nightshift/local-cloud')).findPython(env),
    findTerraform: async (options) => (await import('@nightshift/terraform')).findTerraform(options),
    findProviders: async (options) => (await import('@nightshift/terraform')).findProviders(options),
    quotaChecks: (environment) => effects.releases.quotaChecks(environment),
    connect: (environment) => connectEnvironment(environment, effects),
  };
}
