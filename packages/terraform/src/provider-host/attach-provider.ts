import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { readOptionalFile, undefinedIf, withFileLock, writeFileAtomically } from '@nightshift/files';
import type { ProcessEnvironment } from '../run-process';
import { setting, terraformEnvironment } from '../terraform-environment';
import { ignoreError } from './grpc-call';
import { type ClientRequest, controlSocket, type HostOptions, READY } from './host';
import { type LockedPackage, lockedPackage } from './locked-package';

export interface ProviderHostProps {
  /** The program that runs a host: a Node.js script that calls `runHostProcess`. */
  readonly program: string;
  /** The process whose run the host serves, such as Nx. All its processes share a host. */
  readonly owner: number;
  /** The directory of cached schemas and checksums. */
  readonly cacheDirectory: string;
  /** Prints why there is no host. */
  readonly note: (text: string) => void;
}

/** An attached provider for consecutive Terraform processes. */
export interface AttachedProvider {
  /** The value of `TF_REATTACH_PROVIDERS`. */
  readonly reattach: string;
  /** Whether the host is running. */
  readonly isAlive: () => boolean;
}

interface AttachRequest {
  /** A stack that has been initialized. */
  readonly directory: string;
  readonly env: ProcessEnvironment;
  /** The types that its configuration and its state contain. */
  readonly types: readonly string[];
}

/**
 * Attaches Terraform to a running provider, and starts its host for the first command of a run.
 * @returns undefined if Terraform has to start the provider itself.
 */
export async function attachProvider(
  { directory, env, types }: AttachRequest,
  props: ProviderHostProps,
  platform: NodeJS.Platform = process.platform,
): Promise<AttachedProvider | undefined> {
  // Providers on Windows listen on TCP, which other users of the machine can reach. With TF_LOG, the user wants the provider's log.
  const logs = setting(env, 'TF_LOG') ?? setting(env, 'TF_LOG_PROVIDER');
  if (platform === 'win32' || logs !== undefined) return undefined;
  try {
    const host = await withFileLock(
      { path: join(props.cacheDirectory, 'terraform', 'provider-host.lock') },
      async () => {
        const provider = await lockedPackage(directory, props.cacheDirectory);
        return provider && (await joinHost(provider, terraformEnvironment(env), props));
      },
    );
    return host && (await ask(host, { types }));
  } catch (error) {
    props.note(`provider host not available (${(error as Error).message}): Terraform starts the provider itself`);
    return undefined;
  }
}

/** Connects to the host of this run, and starts it if it is not running. */
async function joinHost(
  { binary, checksum }: LockedPackage,
  env: ProcessEnvironment,
  { cacheDirectory, owner, program }: ProviderHostProps,
): Promise<net.Socket> {
  const inCache = (folder: string, key: readonly unknown[]) => {
    const name = createHash('sha256').update(JSON.stringify(key)).digest('hex').slice(0, 16);
    return join(cacheDirectory, 'terraform', folder, name);
  };
  // A provider reads credentials from its variables, so these are part of the key.
  const record = inCache('hosts', [owner, binary, checksum, Object.entries(env).sort()]);
  const running = await readOptionalFile(record);
  const joined = running && (await connect(running).catch(undefinedIf('ENOENT', 'ECONNREFUSED')));
  if (joined) return joined;
  const directory = await mkdtemp(join(tmpdir(), 'nightshift-'));
  await startHost(program, env, { binary, directory, record, owner, schemaFile: inCache('schemas', [checksum]) });
  await writeFileAtomically(record, directory);
  return await connect(directory);
}

/** Starts the host in another process group, so that Ctrl-C does not reach the provider during a call. */
async function startHost(program: string, env: ProcessEnvironment, options: HostOptions): Promise<void> {
  const host = spawn(process.execPath, [program, JSON.stringify(options)], {
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  host.unref();
  const line = await firstLine(host.stdout);
  host.stdout.destroy();
  if (line !== READY) throw new Error(line);
}

async function connect(directory: string): Promise<net.Socket> {
  const socket = net.connect(controlSocket(directory));
  await once(socket, 'connect');
  return socket;
}

async function ask(host: net.Socket, request: ClientRequest): Promise<AttachedProvider> {
  host.write(`${JSON.stringify(request)}\n`);
  const reattach = await firstLine(host);
  // The connection ends with this process, even after SIGKILL.
  host.on('error', ignoreError);
  host.resume().unref();
  return { reattach, isAlive: () => !host.destroyed };
}

async function firstLine(stream: Readable): Promise<string> {
  for await (const line of createInterface({ input: stream })) return line;
  throw new Error('it ended');
}
