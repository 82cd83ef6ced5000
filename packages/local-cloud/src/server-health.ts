import type { JsonClient } from './machine';
import type { ServerRecord } from './server-record';

/** The response of the health address of a local cloud. */
export interface Health {
  readonly pid: number;
  readonly fingerprint: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** Seconds of AWS that pass there in a second. */
  readonly timeScale: number;
  readonly environments: readonly LocalEnvironment[];
}

/** The URLs of an environment on a local cloud. */
export interface LocalEnvironment {
  readonly suffix: string;
  readonly region: string;
  /** The name of its load balancer. */
  readonly loadBalancer: string;
  /** URL of the production listener on this machine. */
  readonly url: string;
  /** The same of its test listener, where a release can be tried before traffic moves. */
  readonly testUrl: string | null;
}

const NAME = 'nightshift-local-cloud';

const TOKEN_HEADER = 'X-Nightshift-Token';

export function urlOf(port: number): string {
  // An IP address: with a host name the S3 backend of Terraform asks for <bucket>.<host name>, and the server refuses it.
  return `http://127.0.0.1:${String(port)}`;
}

/** The headers that open `/nightshift/*` of a server. */
export function controlHeaders({ controlToken }: Pick<ServerRecord, 'controlToken'>): Record<string, string> {
  return { [TOKEN_HEADER]: controlToken };
}

async function askName(port: number, ask: JsonClient['ask'], headers?: Record<string, string>) {
  const answer = await ask(`${urlOf(port)}/nightshift/health`, { headers });
  const content = answer?.content as (Partial<Health> & { name?: unknown }) | null | undefined;
  return content?.name === NAME ? content : undefined;
}

/** The process of the local cloud that listens on a port; undefined where that is nobody or no local cloud. */
export async function localCloudOn(port: number, ask: JsonClient['ask']): Promise<number | undefined> {
  return (await askName(port, ask))?.pid;
}

/** The health of the recorded server; undefined if it does not respond, or if another server responds. */
export async function askHealth(
  { pid, port, controlToken }: Pick<ServerRecord, 'pid' | 'port' | 'controlToken'>,
  ask: JsonClient['ask'],
): Promise<Health | undefined> {
  const health = await askName(port, ask, controlHeaders({ controlToken }));
  return health?.pid === pid && health.fingerprint !== undefined ? (health as Health) : undefined;
}

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
  /** Time scale: seconds of AWS per real second. With 60, ten minutes of AWS take ten seconds. */
  readonly timeScale: number;
  /** Those that are deployed to it, by suffix. */
  readonly environments: readonly LocalEnvironment[];
}

export interface StoppedCloud {
  readonly running: false;
  /** Path of the log of a server that ended without `down`. @default - never started, or stopped by `down` */
  readonly diedLog?: string;
}

export type LocalCloudStatus = RunningCloud | StoppedCloud;

/** The status that the user sees, from the health of a server. @param current the fingerprint of the checkout. */
export function runningCloud(port: number, { fingerprint, ...health }: Health, current: string): RunningCloud {
  const { pid, startedAt, timeScale, environments } = health;
  const outdated = fingerprint !== current;
  return { running: true, url: urlOf(port), port, pid, startedAt, outdated, timeScale, environments };
}
