import { urlOf, type Health, type LocalEnvironment } from './health';

export interface RunningCloud {
  readonly running: true;
  /** Such as `http://127.0.0.1:45660`. */
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** Its code differs from the checkout's: `down` and `up` bring the new one. */
  readonly outdated: boolean;
  /** How many seconds of AWS pass in a second: what takes it ten minutes takes ten seconds with 60. */
  readonly timeScale: number;
  /** Those that are deployed to it, by suffix. */
  readonly environments: readonly LocalEnvironment[];
}

export interface StoppedCloud {
  readonly running: false;
  /** Where the log of a server is that ended without `down`. @default - it was never started, or stopped by `down` */
  readonly diedLog?: string;
}

export type LocalCloudStatus = RunningCloud | StoppedCloud;

/** What the user gets to know about a server that says so of itself. @param current the fingerprint of the checkout. */
export function runningCloud(port: number, { fingerprint, ...health }: Health, current: string): RunningCloud {
  const { pid, startedAt, timeScale, environments } = health;
  const outdated = fingerprint !== current;
  return { running: true, url: urlOf(port), port, pid, startedAt, outdated, timeScale, environments };
}
