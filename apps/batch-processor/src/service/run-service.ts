import { UserError } from '@nightshift/errors';
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServiceServer } from '../http/create-service-server';
import { selfTest } from '../threads/self-test';
import { ThreadPool, type Thread } from '../threads/thread-pool';
import { readConfiguration, type Configuration } from './configuration';
import { drain } from './drain';
import { JobCount } from './job-count';
import { createLog, type Log } from './log';
import { watchLoopLag } from './loop-lag';

/** The process of the service, as it needs it. */
export interface Host {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** How many threads can work at the same time. */
  readonly processors: number;
  readonly startThread: () => Thread;
  readonly newJobId: () => string;
  readonly write: (line: string) => void;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Milliseconds since the start of the process, on a monotonic clock. */
  readonly elapsed: () => number;
  /** Calls the listener at each signal to stop. */
  readonly onStop: (listener: (signal: string) => void) => void;
  /** Calls the listener with an uncaught error before the process ends. */
  readonly onDefect: (listener: (error: unknown) => void) => void;
}

/**
 * Runs until it has stopped after a signal. Returns the exit code: 0, or 1 if it could not start or has abandoned jobs.
 */
export async function runService(host: Host): Promise<0 | 1> {
  const log = createLog({ ...host, level: 'info' });
  host.onDefect((error) => {
    log.error('defect', { error: error instanceof Error ? error.stack : String(error) });
  });
  try {
    const configuration = readConfiguration(host.env);
    return await serve(host, configuration, createLog({ ...host, level: configuration.LOG_LEVEL }));
  } catch (error) {
    const problems = error instanceof UserError ? error.message.split('\n') : [String(error)];
    log.error('cannot start', { problems });
    return 1;
  }
}

async function serve(host: Host, configuration: Configuration, log: Log): Promise<0 | 1> {
  const stopped = new Promise<string>(host.onStop);
  const threads = configuration.THREADS ?? host.processors;
  const pool = new ThreadPool({ size: threads, startThread: host.startThread });
  const lag = watchLoopLag(host.elapsed);
  const jobs = new JobCount();
  const server = createServiceServer({ ...host, configuration, log, jobs, pool, lag });
  try {
    await selfTest(pool);
    const { address, port } = await listen(server, configuration);
    log.info('listening', { address, port, version: configuration.VERSION, threads });
    log.info('stop requested', { signal: await stopped });
    const complete = await drain({
      server,
      jobs,
      log,
      acceptMs: configuration.ACCEPT_SECONDS * 1000,
      lingerMs: configuration.LINGER_SECONDS * 1000,
      limitMs: configuration.DRAIN_SECONDS * 1000,
    });
    log.info('stopped', { uptimeSeconds: Math.floor(host.elapsed() / 1000) });
    return complete ? 0 : 1;
  } finally {
    lag.stop();
    await pool.stop();
  }
}

async function listen(server: Server, { HOST, PORT }: Configuration): Promise<AddressInfo> {
  try {
    await once(server.listen(PORT, HOST), 'listening');
  } catch (error) {
    throw new UserError({
      where: 'PORT',
      what: `cannot be listened on (${(error as NodeJS.ErrnoException).code})`,
      got: `${HOST}:${PORT}`,
      todo: 'stop the process that uses it, or use another one',
    });
  }
  return server.address() as AddressInfo;
}
