import { setTimeout } from 'node:timers/promises';
import type { LocalClouds, ProcessVariables } from '@nightshift/aws-access';
import type { Directories, TerraformHandoff } from '@nightshift/stack-run';
import { machineContext, type DoctorContext } from '../doctor/doctor-context';
import { connectRegistry } from '../scan';

/** Everything that a start needs beside the checks of `doctor`. */
export interface StartContext extends DoctorContext {
  readonly connectRegistry: typeof connectRegistry;
  /** Undefined where nothing answers. */
  readonly answerOf: (url: string) => Promise<HealthAnswer | undefined>;
  readonly sleep: (milliseconds: number) => Promise<unknown>;
}

/** What an address of the service answers. */
export interface HealthAnswer {
  /** Of HTTP. */
  readonly status: number;
  /** The version of the service. @default - the answer does not name it */
  readonly version?: string | undefined;
}

/** This machine, as it is. */
export function startContext(effects: ProcessVariables & Directories & LocalClouds & TerraformHandoff): StartContext {
  return { ...machineContext(effects), connectRegistry, answerOf, sleep: setTimeout };
}

async function answerOf(url: string): Promise<HealthAnswer | undefined> {
  try {
    const { status, headers, body } = await fetch(url);
    await body?.cancel();
    return { status, version: headers.get('x-version') ?? undefined };
  } catch {
    return undefined;
  }
}
