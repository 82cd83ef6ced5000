import { setTimeout } from 'node:timers/promises';
import type { DoctorContext } from '../doctor/doctor-context';
import { machineContext } from '../doctor/machine-context';
import type { Effects } from '../effects';
import { connectRegistry } from '../scan/connect-registry';

/** What a start needs beside what the checks of `doctor` look at. */
export interface StartContext extends DoctorContext {
  readonly connectRegistry: typeof connectRegistry;
  /** The status that an address answers with; undefined where nothing answers. */
  readonly statusOf: (url: string) => Promise<number | undefined>;
  readonly sleep: (milliseconds: number) => Promise<unknown>;
}

/** This machine, as it is. */
export function startContext(effects: Effects): StartContext {
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
