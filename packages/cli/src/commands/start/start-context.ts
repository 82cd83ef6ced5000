import { setTimeout } from 'node:timers/promises';
import type { LocalClouds, ProcessVariables } from '@nightshift/aws-access';
import type { Directories, TerraformHandoff } from '../../effects';
import { machineContext, type DoctorContext } from '../doctor/doctor-context';
import { connectRegistry } from '../scan';

/** Everything that a start needs beside the checks of `doctor`. */
export interface StartContext extends DoctorContext {
  readonly connectRegistry: typeof connectRegistry;
  /** The status that an address answers with; undefined where nothing answers. */
  readonly statusOf: (url: string) => Promise<number | undefined>;
  readonly sleep: (milliseconds: number) => Promise<unknown>;
}

/** This machine, as it is. */
export function startContext(effects: ProcessVariables & Directories & LocalClouds & TerraformHandoff): StartContext {
  return { ...machineContext(effects), connectRegistry, statusOf, sleep: setTimeout };
}

async function statusOf(url: string): Promise<number | undefined> {
  try {
    const { status, body } = await fetch(url);
    await body?.cancel();
    return status;
  } catch {
    return undefined;
  }
}
