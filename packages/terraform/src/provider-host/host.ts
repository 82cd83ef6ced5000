import { readFile, rm } from 'node:fs/promises';
import net from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { isProcessAlive, undefinedIf, writeFileAtomically } from '@nightshift/files';
import type { ProcessEnvironment } from '../run-process';
import { ignoreError } from './grpc-call';
import { startProvider } from './provider-process';
import { ProviderPool } from './provider-pool';
import { createProxy, type SchemaStore } from './provider-proxy';

export interface HostOptions {
  /** The provider's binary. */
  readonly binary: string;
  /** The directory of sockets: exists and is accessible to this user only. Removed at the end. */
  readonly directory: string;
  /** The file that names the directory to clients. Removed at the end. */
  readonly record: string;
  /** Keeps the provider's schema. */
  readonly schemaFile: string;
  /** The process of the run. */
  readonly owner: number;
}

/** The socket on which clients request a provider. */
export function controlSocket(directory: string): string {
  return join(directory, 'host');
}

interface HostEffects {
  /** All variables of the provider. */
  readonly env: ProcessEnvironment;
  /** Called when clients can connect. */
  readonly ready: () => void;
  /** @default - reads the state of this machine */
  readonly isAlive?: (pid: number) => boolean;
}

const POLL_MILLISECONDS = 200;

/**
 * Runs provider processes for the Terraform commands of one run. It ends when the owner has ended and no client is connected, or
 * when a provider ends.
 * @throws {Error} when the provider does not start.
 */
export async function runHost(options: HostOptions, effects: HostEffects): Promise<void> {
  const { binary, directory, record, schemaFile, owner } = options;
  const { env, ready, isAlive = isProcessAlive } = effects;
  const ending = new AbortController();
  const ended = new Promise((resolve) => {
    ending.signal.addEventListener('abort', resolve);
  });
  const start = async () => {
    const provider = await startProvider({ binary, env, directory });
    void ended.then(provider.stop);
    void provider.ended.then(() => {
      ending.abort();
    });
    return provider;
  };
  const clients = new Set<net.Socket>();
  try {
    const pool = new ProviderPool(await start(), start);
    let served = 0;
    const control = net.createServer((client) => {
      const socket = join(directory, String((served += 1)));
      clients.add(client);
      client.once('close', () => clients.delete(client));
      serveClient({ client, socket, pool, schema: schemaIn(schemaFile) });
    });
    await listen(control, controlSocket(directory));
    ready();
    const poll = setInterval(() => {
      if (clients.size === 0 && !isAlive(owner)) ending.abort();
    }, POLL_MILLISECONDS);
    await ended;
    clearInterval(poll);
    control.close();
  } finally {
    for (const client of clients) client.destroy();
    await rm(directory, { recursive: true, force: true });
    await rm(record, { force: true });
  }
}

interface ServeClient {
  readonly client: net.Socket;
  readonly socket: string;
  readonly pool: ProviderPool;
  readonly schema: SchemaStore;
}

/** The line that a host prints when clients can connect; otherwise, it prints the reason why not. */
export const READY = 'ready';

/** Runs a host in this process. */
export async function runHostProcess(process: NodeJS.Process): Promise<void> {
  const { argv, env, stdout, exit } = process;
  const say = (line: string) => {
    stdout.write(`${line}\n`);
  };
  // The first client reads one line and closes the pipe.
  stdout.on('error', ignoreError);
  try {
    await runHost(JSON.parse(String(argv[2])) as HostOptions, {
      env,
      ready: () => {
        say(READY);
      },
    });
  } catch (error) {
    say((error as Error).message);
  }
  // Ends open connections of Terraform.
  exit();
}

/** A client sends one line, and receives the value for `TF_REATTACH_PROVIDERS`. Its proxy ends with its connection. */
function serveClient({ client, socket, pool, schema }: ServeClient): void {
  // A killed client resets the connection.
  client.on('error', ignoreError);
  createInterface({ input: client }).once('line', (line) => {
    const { types } = JSON.parse(line) as ClientRequest;
    const proxy = createProxy({ pool, types: new Set(types), schema });
    client.once('close', proxy.close);
    void listen(proxy.server, socket).then(() => {
      const { address, protocolVersion } = pool.first;
      const Addr = { Network: 'unix', String: socket };
      const attached = { Protocol: 'grpc', ProtocolVersion: protocolVersion, Pid: process.pid, Test: true, Addr };
      client.write(`${JSON.stringify({ [address]: attached })}\n`);
    });
  });
}

/** The line that a client sends. */
export interface ClientRequest {
  /** The types whose schema Terraform needs. */
  readonly types: readonly string[];
}

function listen(server: net.Server, socket: string): Promise<void> {
  return new Promise((resolve) => {
    server.listen(socket, resolve);
  });
}

function schemaIn(file: string): SchemaStore {
  return {
    read: () => readFile(file).catch(undefinedIf('ENOENT')),
    write: (schema) => writeFileAtomically(file, schema),
  };
}
