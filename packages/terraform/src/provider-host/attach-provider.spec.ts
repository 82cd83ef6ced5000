import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isProcessAlive } from '@nightshift/files';
import { temporaryDirectory } from '@nightshift/files/temporary-directory';
import { endProviders, installEchoProvider, providerProcesses } from '../testing/install-provider';
import { attachProvider } from './attach-provider';

const HOST = join(__dirname, '..', '..', '..', 'cli', 'bin', 'provider-host.mjs');

describe('attachProvider', () => {
  // Before the directory is removed.
  afterEach(() => endProviders(directory()));
  const root = temporaryDirectory();
  const notes: string[] = [];
  beforeEach(() => {
    notes.length = 0;
  });
  const directory = () => join(root(), 'network');

  interface Given {
    readonly program?: string;
    readonly owner?: number;
    readonly env?: Readonly<Record<string, string>>;
    readonly platform?: NodeJS.Platform;
  }

  const attach = ({ program = HOST, owner = process.pid, env = {}, platform }: Given = {}) =>
    attachProvider(
      { directory: directory(), env: { PATH: process.env['PATH'], ...env }, types: [] },
      { program, owner, cacheDirectory: root(), note: (text) => notes.push(text) },
      platform,
    );
  const until = async (condition: () => boolean) => {
    while (!condition()) await sleep(20);
  };
  const hostPid = (reattach: string | undefined) => {
    const [attached] = Object.values(JSON.parse(String(reattach)) as Record<string, { readonly Pid: number }>);
    return Number(attached?.Pid);
  };

  it('has one host per run and credentials', async () => {
    installEchoProvider(directory());
    const hosts = [
      await attach(),
      await attach(),
      await attach({ env: { AWS_PROFILE: 'other' } }),
      await attach({ owner: process.ppid }),
    ];
    const [one, same, ...others] = hosts.map((host) => hostPid(host?.reattach));
    expect(same).toBe(one);
    expect(new Set([one, ...others]).size).toBe(3);
    expect(notes).toEqual([]);
  });

  it('ends the provider if host and client are killed', async () => {
    installEchoProvider(directory());
    const attached = await attach({ owner: 2 ** 30 });
    expect(attached?.isAlive()).toBe(true);
    const provider = Number(providerProcesses(directory()).at(-1));
    process.kill(hostPid(attached?.reattach), 'SIGKILL');
    await until(() => !isProcessAlive(provider));
    await until(() => !attached?.isAlive());
    // A new host takes the place of one that was killed.
    expect((await attach({ owner: 2 ** 30 }))?.isAlive()).toBe(true);
  });

  it('keeps the host while a client uses it, even if the process of the run was killed', async () => {
    installEchoProvider(directory());
    const owner = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)']);
    const attached = await attach({ owner: Number(owner.pid) });
    owner.kill('SIGKILL');
    await sleep(500);
    expect(attached?.isAlive()).toBe(true);
  });

  it.each([
    ['on Windows, where a provider listens on TCP', { platform: 'win32' }],
    ["where the user asks for Terraform's log", { env: { TF_LOG: 'debug' } }],
    ["where the user asks for the provider's log", { env: { TF_LOG_PROVIDER: 'trace' } }],
  ] as const)('is not used %s', async (_, given) => {
    installEchoProvider(directory());
    expect(await attach(given)).toBeUndefined();
    expect(notes).toEqual([]);
  });

  it('is not used for a provider that is not in the lock file', async () => {
    const { binary } = installEchoProvider(directory());
    writeFileSync(binary, `${readFileSync(binary, 'utf8')}\n`);
    expect(await attach()).toBeUndefined();
    expect(notes).toEqual([]);
  });

  it.each([
    ['cannot be started', 'process.exit(1)', 'it ended'],
    ['reports a failure', 'console.log("no memory")', 'no memory'],
    ['does not listen', 'console.log("ready")', 'connect ENOENT'],
  ])('prints why there is no host if it %s', async (_, script, reason) => {
    installEchoProvider(directory());
    const program = join(root(), 'host.mjs');
    writeFileSync(program, script);
    expect(await attach({ program })).toBeUndefined();
    expect(notes).toEqual([expect.stringContaining(`provider host not available (${reason}`)]);
    expect(notes).toEqual([expect.stringMatching(/\): Terraform starts the provider itself$/)]);
  });
});
