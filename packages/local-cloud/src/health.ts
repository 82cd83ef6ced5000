import type { Effects } from './effects';

/** What a local cloud says about itself. */
export interface Health {
  readonly pid: number;
  readonly fingerprint: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** Seconds of AWS that pass there in a second. */
  readonly timeScale: number;
  readonly environments: readonly LocalEnvironment[];
}

/** Where an environment that is deployed to a local cloud answers. */
export interface LocalEnvironment {
  readonly suffix: string;
  readonly region: string;
  /** The name of its load balancer. */
  readonly loadBalancer: string;
  /** What its load balancer's production listener is on this machine. */
  readonly url: string;
  /** The same of its test listener, where a release can be tried before traffic moves. */
  readonly testUrl: string | null;
}

const NAME = 'nightshift-local-cloud';

export function urlOf(port: number): string {
  // An IP address: with a host name the S3 backend of Terraform asks for <bucket>.<host name>.
  return `http://127.0.0.1:${String(port)}`;
}

/** Asks who listens on a port; undefined where that is nobody or no local cloud. */
export async function askHealth(port: number, fetchJson: Effects['fetchJson']): Promise<Health | undefined> {
  const answer = (await fetchJson(`${urlOf(port)}/nightshift/health`)) as (Health & { name?: unknown }) | undefined;
  return answer?.name === NAME ? answer : undefined;
}
