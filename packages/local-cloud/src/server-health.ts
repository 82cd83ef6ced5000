import { type Immutable, timeText } from '@nightshift/console/json';
import { z } from 'zod';
import type { JsonClient } from './machine';
import type { ServerRecord } from './server-record';

/** The response of the health address of a local cloud. */
export interface Health {
  readonly pid: number;
  readonly fingerprint: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** Seconds of AWS time per second. */
  readonly timeScale: number;
  readonly environments: readonly LocalEnvironment[];
}

const localEnvironment = z
  .object({
    suffix: z.string(),
    region: z.string(),
    loadBalancer: z.string().describe('Name of its load balancer.'),
    url: z.string().describe('URL of the production listener on this machine.'),
    testUrl: z
      .string()
      .nullable()
      .describe('URL of its test listener, where a release can be tried before traffic moves. Null without one.'),
  })
  .describe('The URLs of an environment on a local cloud.');

export type LocalEnvironment = Immutable<z.output<typeof localEnvironment>>;

const NAME = 'nightshift-local-cloud';

const TOKEN_HEADER = 'X-Nightshift-Token';

export function urlOf(port: number): string {
  // An IP address: with a host name the S3 backend of Terraform asks for <bucket>.<host name>, and the server refuses it.
  return `http://127.0.0.1:${String(port)}`;
}

/** The headers for `/nightshift/*` of a server. */
export function controlHeaders({ controlToken }: Pick<ServerRecord, 'controlToken'>): Record<string, string> {
  return { [TOKEN_HEADER]: controlToken };
}

async function askName(port: number, ask: JsonClient['ask'], headers?: Record<string, string>) {
  const answer = await ask(`${urlOf(port)}/nightshift/health`, { headers });
  const content = answer?.content as (Partial<Health> & { name?: unknown }) | null | undefined;
  return content?.name === NAME ? content : undefined;
}

/** The process of the local cloud that listens on a port; undefined if there is none. */
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

export const runningStatus = z.object({
  running: z.literal(true),
  url: z.string().describe('Such as `http://127.0.0.1:45660`.'),
  port: z.number(),
  pid: z.number(),
  startedAt: timeText,
  outdated: z.boolean().describe('Its code differs from this checkout: `local down` and `local up` load the new code.'),
  timeScale: z.number().describe('Seconds of AWS time per second: with 60, ten minutes of AWS take ten seconds.'),
  environments: z.array(localEnvironment).describe('The environments that are deployed to it.'),
});

export const stoppedStatus = z.object({
  running: z.literal(false),
  diedLog: z
    .string()
    .optional()
    .describe('Path of the log of a server that ended without `local down`. Absent if there is none.'),
});

export type RunningCloud = Immutable<z.output<typeof runningStatus>>;

export type StoppedCloud = Immutable<z.output<typeof stoppedStatus>>;

export type LocalCloudStatus = RunningCloud | StoppedCloud;

/** The status that the user sees, from the health of a server. @param current the fingerprint of the checkout. */
export function runningCloud(port: number, { fingerprint, ...health }: Health, current: string): RunningCloud {
  const { pid, startedAt, timeScale, environments } = health;
  const outdated = fingerprint !== current;
  return { running: true, url: urlOf(port), port, pid, startedAt, outdated, timeScale, environments };
}
