import { connectEnvironment } from '../aws/connect-environment';
import type { Effects } from '../effects';
import type { DoctorContext } from './doctor-context';
import { findPython } from './find-python';

/** This machine, as it is. */
export function machineContext(effects: Effects): DoctorContext {
  return {
    effects,
    nodeVersion: process.versions.node,
    findPython,
    findTerraform: async (options) => (await import('@nightshift/terraform')).findTerraform(options),
    findProviders: async (options) => (await import('@nightshift/terraform')).findProviders(options),
    connect: (environment) => connectEnvironment(environment, effects),
  };
}
