import { readFile, rename, rm } from 'node:fs/promises';
import { UserError } from '@nightshift/errors';
import type { ProcessEnvironment } from './cloud-environment';
import type { CloudFiles } from './cloud-files';
import type { Clock, Machine, Processes } from './machine';
import { askHealth, type Health, type StoppedCloud, urlOf } from './server-health';
import { newCloudKey, removeServerRecord, type ServerRecord, writeServerRecord } from './server-record';
import { pythonEnvironment } from './virtual-environment';

const START_TIMEOUT_MS = 60_000;

const START_POLL_MS = 100;

/** The quotas of the account for vCPUs, addresses and VPCs. */
export interface Quotas {
  /** Starts from the values of a new account. */
  readonly newAccount?: boolean | undefined;
  /** By code, such as `L-3032A538`. */
  readonly values?: Readonly<Record<string, number>> | undefined;
}

interface ServerStart {
  readonly files: CloudFiles;
  readonly env: ProcessEnvironment;
  readonly machine: Machine;
  /** Of the virtual environment. */
  readonly python: string;
  readonly port: number;
  readonly fingerprint: string;
  readonly quotas?: Quotas | undefined;
  /** Whether IAM policies apply to the requests of roles and users. */
  readonly enforceIam?: boolean | undefined;
}

async function lastWords(log: string): Promise<string> {
  const text = (await readFile(log, 'utf8')).trim();
  return text === '' ? 'nothing in its log' : (text.split('\n').at(-1) as string);
}

/** Waits until the server responds. @throws UserError when it ends or takes longer than a minute */
async function untilHealthy({ files, machine }: ServerStart, record: ServerRecord): Promise<Health> {
  const { pid, port } = record;
  const started = machine.now();
  for (;;) {
    const alive = machine.isAlive(pid);
    const health = await askHealth(record, machine.ask);
    if (health) return health;
    const todo = `see ${files.log}`;
    if (!alive) {
      throw new UserError({
        where: 'local cloud',
        what: 'ended while starting',
        got: await lastWords(files.log),
        todo,
      });
    }
    if (machine.now() - started > START_TIMEOUT_MS) {
      machine.terminate(pid);
      const got = `no answer from ${urlOf(port)} in ${String(START_TIMEOUT_MS / 1000)} s`;
      throw new UserError({ where: 'local cloud', what: 'does not start', got, todo });
    }
    await machine.sleep(START_POLL_MS);
  }
}

/** Removes the files of ended servers: those of their users, and workloads of their images. */
export async function forgetPreviousServer(
  { bundles, users, log, previousLog }: CloudFiles,
  { diedLog }: StoppedCloud,
  onProgress: (message: string) => void,
): Promise<void> {
  for (const folder of [bundles, users]) await rm(folder, { recursive: true, force: true });
  if (diedLog === undefined) return;
  await rename(log, previousLog).catch(() => undefined);
  onProgress(
    `the previous local cloud ended unexpectedly and everything deployed to it is lost: this one starts empty (log: ${previousLog})`,
  );
}

function quotaArguments({ newAccount = false, values = {} }: Quotas = {}): string[] {
  const each = Object.entries(values).flatMap(([code, value]) => ['--quota', `${code}=${String(value)}`]);
  return newAccount ? ['--new-account', ...each] : each;
}

/** Starts the server in the background, records it, and waits until it responds. */
export async function startServer(start: ServerStart): Promise<Health> {
  const { files, env, machine, python, port, fingerprint } = start;
  const key = newCloudKey();
  const pid = await machine.start({
    file: python,
    args: [
      ...['-m', 'nightshift_cloud', '--port', String(port), '--fingerprint', fingerprint],
      // The server ends when this file no longer names it, such as after `.nightshift` is deleted.
      ...['--record', files.record],
      ...quotaArguments(start.quotas),
      ...(start.enforceIam ? ['--enforce-iam'] : []),
    ],
    cwd: files.python,
    env: {
      ...pythonEnvironment(env),
      PYTHONPYCACHEPREFIX: files.byteCode,
      // Not passed as arguments, which other users can see in the process list.
      NIGHTSHIFT_ACCESS_KEY_ID: key.accessKeyId,
      NIGHTSHIFT_CONTROL_TOKEN: key.controlToken,
      // The Node.js of tasks.
      NIGHTSHIFT_NODE: process.execPath,
      NIGHTSHIFT_BUNDLES: files.bundles,
    },
    logFile: files.log,
  });
  const record = { pid, port, ...key };
  await writeServerRecord(files.record, record);
  try {
    return await untilHealthy(start, record);
  } catch (error) {
    await removeServerRecord(files.record);
    throw error;
  }
}

const STOP_TIMEOUT_MS = 10_000;

const STOP_POLL_MS = 50;

/** Sends the server a signal and waits until it ends. @throws UserError when it is still running after ten seconds */
export async function stopServer(pid: number, { isAlive, now, sleep, terminate }: Clock & Processes): Promise<void> {
  const started = now();
  terminate(pid);
  while (isAlive(pid)) {
    if (now() - started > STOP_TIMEOUT_MS) {
      throw new UserError({
        where: 'local cloud',
        what: 'does not stop',
        got: `process ${String(pid)}, asked ${String(STOP_TIMEOUT_MS / 1000)} s ago`,
        todo: `end it: kill -9 ${String(pid)}`,
      });
    }
    await sleep(STOP_POLL_MS);
  }
}
