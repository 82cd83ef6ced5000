import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import type { ReadStream, WriteStream } from 'node:tty';
import type * as Platform from '@nightshift/platform';
import type { Report } from '@nightshift/policy';
import type { FindTerraformOptions } from '@nightshift/terraform';
import { createColors } from 'picocolors';
import { stackError } from './commands/synth';
import type { Effects } from './effects';
import { type Installation, releaseHandoff } from '@nightshift/stack-run';
import { withEnvFiles } from './env-files';
import { InterruptedError } from '@nightshift/errors';
import { connectEnvironment, type LocalClouds, type ProcessVariables } from '@nightshift/aws-access';
import { dayOf, type Output, type StopSignal } from '@nightshift/console';

const stopSignals: readonly StopSignal[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

type OutputStream = NodeJS.WritableStream & Partial<Pick<WriteStream, 'isTTY' | 'columns' | 'rows'>>;

/** The parts of a process that a command uses. */
export interface CommandProcess {
  readonly argv: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly pid: number;
  readonly stdin: ReadStream;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  exitCode?: number | string | null | undefined;
  readonly cwd: () => string;
  readonly on: (signal: StopSignal, listener: (signal: StopSignal) => void) => unknown;
  readonly off: (signal: StopSignal, listener: (signal: StopSignal) => void) => unknown;
}

interface LoadedSources extends Pick<Effects, 'readableTrace'> {
  /** Loads the stacks on first use, since they may not compile. */
  readonly loadPlatform: () => Promise<typeof Platform>;
  /** Policy checks in this process, by their inputs: the commands of an Nx run all check the same stacks. @default - none yet */
  readonly reports?: Map<string, Report>;
}

/**
 * The real world.
 * @param root the workspace.
 */
export function processEffects(
  process: CommandProcess,
  { readableTrace, loadPlatform, reports = new Map() }: LoadedSources,
  root = join(__dirname, '..', '..', '..'),
): Effects {
  const { stdin } = process;
  const { env, envFiles } = withEnvFiles(process.env, root, process.argv.slice(2));
  const stdout = output(process.stdout, env);
  const localCloud: LocalClouds['localCloud'] = async () => {
    const { LocalCloud } = await import('@nightshift/local-cloud');
    return new LocalCloud({ root, env });
  };
  const onPlatform = async <Result>(use: (platform: typeof Platform) => Result) => {
    try {
      return use(await loadPlatform());
    } catch (thrown) {
      throw stackError(thrown, readableTrace);
    }
  };
  const now = () => new Date();
  const watched = stdout.isTerminal && !env['CI'] && !env['NX_TASK_TARGET_PROJECT'];
  return {
    stdout,
    stderr: output(process.stderr, env),
    env,
    envFiles,
    cwd: process.cwd(),
    root,
    watched,
    interactive: watched && stdin.isTTY,
    ask: async (question) => {
      const lines = createInterface({ input: stdin, output: process.stdout });
      const interrupt = new AbortController();
      lines.once('SIGINT', () => {
        interrupt.abort();
      });
      // Ctrl-D closes the input.
      const closed = new Promise<void>((resolve) => lines.once('close', resolve));
      const answered = lines.question(question, { signal: interrupt.signal }).catch(() => undefined);
      const answer = await Promise.race([answered, closed]);
      lines.close();
      if (interrupt.signal.aborted) throw new InterruptedError('interrupted; nothing was changed');
      if (answer === undefined) process.stdout.write('\n');
      return answer ?? '';
    },
    onKey: (listener) => {
      const listen = (keys: Buffer) => {
        listener(keys.toString());
      };
      stdin.setRawMode(true).on('data', listen).resume();
      return () => {
        stdin.off('data', listen).setRawMode(false).pause();
      };
    },
    now,
    monotonic: () => performance.now(),
    newId: randomUUID,
    every: (milliseconds, tick) => {
      const timer = setInterval(tick, milliseconds).unref();
      return () => {
        clearInterval(timer);
      };
    },
    onSignal: (listener) => {
      for (const signal of stopSignals) process.on(signal, listener);
      return () => {
        for (const signal of stopSignals) process.off(signal, listener);
      };
    },
    spawn,
    readableTrace,
    exitWith: (code) => {
      process.exitCode = code;
    },
    synthesize: (environment, directory) =>
      onPlatform(({ synthesize }) => synthesize(environment, directory, dayOf(new Date()))),
    synthesizeUnchecked: (environment, directory) =>
      onPlatform(({ synthesizeUnchecked }) => {
        synthesizeUnchecked(environment, directory);
      }),
    synthesizedStacks: (environment) => onPlatform(({ synthesizedStacks }) => synthesizedStacks(environment)),
    checkPolicy: async (environment, stacks) => {
      const { checkPolicies, modelOf } = await import('@nightshift/policy');
      const today = dayOf(new Date());
      const inputs = JSON.stringify([today, environment, stacks]);
      const report = reports.get(inputs) ?? checkPolicies(modelOf({ stacks, environment }), environment.waivers, today);
      reports.set(inputs, report);
      return report;
    },
    localCloud,
    releases: releaseHandoff({ env, envFiles, localCloud, now, newId: randomUUID }),
    stateObjects: async (environment) => {
      const clients = await connectEnvironment(environment, { env, envFiles, localCloud });
      const { stateObjects } = await import('@nightshift/state-bucket');
      return stateObjects(clients);
    },
    installation: async (environment, onProgress) => {
      return await findInstallation({ env: environment, cacheDirectory: join(root, '.nightshift'), onProgress });
    },
    terraform: async ({ providerHost, ...options }) => {
      const { Terraform } = await import('@nightshift/terraform');
      if (!providerHost) return new Terraform(options);
      const host = {
        ...providerHost,
        program: join(root, 'packages', 'cli', 'bin', 'provider-host.mjs'),
        // The processes of an Nx run share a provider host.
        owner: Number(env['NIGHTSHIFT_RUN_PROCESS'] ?? process.pid),
        cacheDirectory: join(root, '.nightshift'),
      };
      return new Terraform({ ...options, providerHost: host });
    },
  };
}

/** If Nx exits first and closes the pipe, a run with a state lock must continue. */
function output(stream: OutputStream, env: ProcessVariables['env']): Output {
  stream.on('error', () => undefined);
  const write = (text: string) => {
    stream.write(text);
  };
  return {
    write,
    json: (_schema, value) => {
      write(`${JSON.stringify(value)}\n`);
    },
    isTerminal: Boolean(stream.isTTY),
    get columns() {
      measure(stream);
      return (stream.isTTY ? stream.columns : undefined) ?? 80;
    },
    get rows() {
      measure(stream);
      return (stream.isTTY ? stream.rows : undefined) ?? 24;
    },
    colours: createColors(wantsColours(env, Boolean(stream.isTTY))),
  };
}

/** Node.js measures a terminal on SIGWINCH, which a task of Nx never receives, because it has a session of its own. */
function measure(stream: OutputStream): void {
  (stream as { _refreshSize?: () => void })._refreshSize?.();
}

/** https://no-color.org, https://force-color.org */
function wantsColours({ NO_COLOR, FORCE_COLOR, TERM }: ProcessVariables['env'], isTerminal: boolean): boolean {
  if (NO_COLOR) return false;
  if (FORCE_COLOR) return !['0', 'false'].includes(FORCE_COLOR);
  return isTerminal && TERM !== 'dumb';
}

/** Terraform, then the provider for that Terraform. */
export async function findInstallation(options: FindTerraformOptions): Promise<Installation> {
  const { findProviders, findTerraform } = await import('@nightshift/terraform');
  const { binary, notices } = await findTerraform(options);
  const { env } = await findProviders(options);
  return { binary, env, notices };
}
