import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { temporaryDirectory } from '@nightshift/files/temporary-directory';
import { findTerraform } from '../find-terraform';
import type { RunProcess } from '../run-process';
import { Terraform } from '../terraform';
import { endProviders, installEchoProvider, providerProcesses } from '../testing/install-provider';
import { type Script, scriptedProcess } from '../testing/scripted-process';
import { writeStack } from '../testing/write-stack';

/** Real Terraform, a real host, and a small provider in Node.js. */
describe('Terraform with a provider host', () => {
  // Before the directory is removed.
  const prepared: string[] = [];
  afterEach(async () => {
    for (const directory of prepared.splice(0)) await endProviders(directory);
  });
  const root = temporaryDirectory();
  const found = findTerraform({
    env: process.env,
    cacheDirectory: join(__dirname, '..', '..', '..', '..', '.nightshift'),
  });
  const program = join(__dirname, '..', '..', '..', 'cli', 'bin', 'provider-host.mjs');
  const notes: string[] = [];
  beforeEach(() => {
    notes.length = 0;
  });

  interface Stack {
    readonly name?: string;
    readonly region?: string;
    readonly resource?: object;
  }

  const configuration = ({ region = 'one', resource = { A: { text: 'x' } } }: Stack) => ({
    terraform: {
      backend: { local: { path: 'own.tfstate' } },
      required_providers: { aws: { source: 'registry.terraform.io/hashicorp/aws', version: '5.100.0' } },
    },
    provider: { aws: [{ region }] },
    resource: { aws_echo: resource },
  });

  async function prepare(stack: Stack = {}) {
    const { binary } = await found;
    const directory = await writeStack(root(), configuration(stack), stack.name ?? 'network');
    // An attached provider needs no installation.
    const reattach = {
      Protocol: 'grpc',
      ProtocolVersion: 5,
      Pid: 1,
      Test: true,
      Addr: { Network: 'unix', String: '/' },
    };
    const TF_REATTACH_PROVIDERS = JSON.stringify({ 'registry.terraform.io/hashicorp/aws': reattach });
    execFileSync(binary.path, ['init', '-reconfigure'], {
      cwd: directory,
      env: { ...process.env, TF_REATTACH_PROVIDERS },
    });
    installEchoProvider(directory);
    prepared.push(directory);
    return { terraform: await terraformIn(directory), directory };
  }

  async function terraformIn(directory: string, run?: RunProcess) {
    const { binary } = await found;
    const note = (text: string) => notes.push(text);
    return new Terraform({
      binary,
      directory,
      env: { PATH: process.env['PATH'] },
      onEvent: () => undefined,
      run,
      providerHost: { program, owner: process.pid, cacheDirectory: root(), note },
    });
  }

  const calls = (directory: string) => readFileSync(join(directory, 'calls'), 'utf8').trim().split('\n');

  it('applies, plans and destroys with one provider process, which is configured once', async () => {
    const { terraform, directory } = await prepare();
    expect(await terraform.apply()).toMatchObject({ add: 1 });
    expect(await terraform.plan()).toMatchObject({ hasChanges: false });
    expect(await terraform.destroy()).toMatchObject({ remove: 1 });
    expect(notes).toEqual([]);
    expect(calls(directory).filter((call) => /GetSchema|Configure/.test(call))).toEqual(['GetSchema', 'Configure']);
    expect(readFileSync(join(directory, 'variables'), 'utf8')).toBe('400 1GiB OFF OFF\n');
  });

  describe('after init', () => {
    /** Terraform that answers `state pull` with `pulled`; `inits` is how often it was initialized. */
    async function initialized(pulled: (inits: number) => Script) {
      const { directory } = await prepare();
      const commands: (string | undefined)[] = [];
      const { run } = scriptedProcess(({ args: [command] }) => {
        commands.push(command);
        // Terraform would have installed it.
        if (command === 'init') installEchoProvider(directory);
        return command === 'state' ? pulled(commands.filter((one) => one === 'init').length) : {};
      });
      const terraform = await terraformIn(directory, run);
      await terraform.init();
      return { terraform, directory, commands };
    }

    it('starts the provider before a command needs it', async () => {
      const { directory, commands } = await initialized(() => ({ stdout: ['{}'] }));
      while (providerProcesses(directory).length === 0) await sleep(20);
      expect(commands).toEqual(['init', 'state']);
    });

    it('leaves it to the command to report that the state cannot be read', async () => {
      const { terraform } = await initialized(() => ({
        stderr: ['Error: No valid credential sources found'],
        result: { exitCode: 1 },
      }));
      await expect(terraform.plan()).rejects.toThrow('network: no AWS credentials were found - ');
    });

    it('reads the state again after another init', async () => {
      const { terraform, commands } = await initialized((inits) =>
        inits > 1
          ? { stdout: ['{}'] }
          : {
              stderr: ['Error: Backend initialization required, please run "terraform init"'],
              result: { exitCode: 1 },
            },
      );
      await terraform.plan();
      expect(commands.slice(-3)).toEqual(['init', 'state', 'plan']);
      expect(notes).toEqual([]);
    });
  });

  describe('if the host ends during a command', () => {
    /** Terraform whose provider ends during the first command, and the variable of each command. */
    async function interrupted() {
      const { directory } = await prepare();
      const seen: unknown[] = [];
      const memory: unknown[] = [];
      const failure = {
        type: 'diagnostic',
        diagnostic: { severity: 'error', summary: 'Plugin did not respond', detail: '' },
      };
      const { run } = scriptedProcess(async ({ args, env }) => {
        if (args[0] === 'state') return { stdout: ['{}'] };
        seen.push(env['TF_REATTACH_PROVIDERS']);
        memory.push(env['GOGC']);
        if (seen.length > 1) return args[0] === 'show' ? { stdout: ['{"format_version":"1.2"}'] } : {};
        await endProviders(directory);
        return { stdout: [JSON.stringify(failure)], stderr: [JSON.stringify(failure)], result: { exitCode: 1 } };
      });
      return { terraform: await terraformIn(directory, run), seen, memory };
    }
    const address = 'registry.terraform.io/hashicorp/aws';
    const ended = 'the provider ended during this operation; the state contains all finished operations';

    it.each(['plan', 'show'] as const)('repeats a %s, and lets Terraform start the provider', async (verb) => {
      const { terraform, seen } = await interrupted();
      await (verb === 'plan' ? terraform.plan() : terraform.show('plan.tfplan'));
      expect(seen).toEqual([expect.stringContaining(address), undefined]);
    });

    it('does not repeat an apply, and lets Terraform start the provider in the next one', async () => {
      const { terraform, seen, memory } = await interrupted();
      await expect(terraform.apply()).rejects.toThrow(ended);
      await terraform.apply();
      expect(seen).toEqual([expect.stringContaining(address), undefined]);
      expect(memory).toEqual(['400', undefined]);
    });
  });

  it('saves the state and releases the lock if the provider ends during an apply', async () => {
    const crashing = { A: { text: 'x' }, B: { text: 'crash', depends_on: ['aws_echo.A'] } };
    const { terraform, directory } = await prepare({ resource: crashing });
    await expect(terraform.apply()).rejects.toThrow(
      'network: the provider ended during this operation; the state contains all finished operations - run the same command again',
    );
    expect(existsSync(join(directory, '.own.tfstate.lock.info'))).toBe(false);
    expect(readFileSync(join(directory, 'own.tfstate'), 'utf8')).toContain('"text": "x"');
    // The same command, which is another process.
    writeFileSync(join(directory, 'cdk.tf.json'), JSON.stringify(configuration({})));
    const again = await terraformIn(directory);
    expect(await again.apply()).toMatchObject({ add: 0, hasChanges: false });
  });
});
