import { type ExecSession, taskView, type TaskView } from '@nightshift/release';
import { UserError } from '@nightshift/errors';
import type { Command } from 'commander';
import { addConfigurationOption, type ConfigurationOption } from '../verb-options';
import { z } from 'zod';
import { environmentResult, resultOf } from '../json-result';
import type { Effects } from '../effects';
import { runForeground } from '@nightshift/console';
import { onReleases, type Releases, releaseWorld, type ReleaseWorld } from './release/on-releases';

export const output = {
  exec: environmentResult('exec', {
    task: taskView,
    command: z.string().describe('The command that ran in the task.'),
  }),
};

interface ExecOptions extends ConfigurationOption {
  readonly task?: string;
  readonly json?: boolean;
}

export function register(command: Command, effects: Effects, world: ReleaseWorld = releaseWorld): void {
  addConfigurationOption(command)
    .description(
      'Open a shell in a task with ECS Exec, or run a command in it. On the local cloud, a task is a process on this machine, and the command runs next to it.',
    )
    .usage('-c <environment> [--task <id>] [-- <command>]')
    .argument('[command...]', 'command to run (default: /bin/sh)')
    .option('--task <id>', 'the task: its id, or the first digits of it (default: the newest task)')
    .option('--json', 'print the task and the exit code as one JSON object at the end')
    .addHelpText(
      'after',
      `
Examples:
  npx nightshift exec -c dev                              a shell in the newest task
  npx nightshift exec -c dev --task 3f2a1b9c -- env
  npx nightshift exec -c dev -- sh -c 'echo $LOG_LEVEL'   variables and pipes need a shell

AWS logs the session in the log group of ECS Exec. Needs the Session Manager plugin: ${PLUGIN_PAGE}`,
    )
    .action(async (words: readonly string[], { task, json = false, ...options }: ExecOptions) => {
      await onReleases('exec', options, world, effects, async (releases) => {
        const { environment, verb } = releases;
        const [first = '/bin/sh', ...others] = words;
        const command = others.length === 0 ? first : words.map(quoted).join(' ');
        const parts = partsOf(command, `nightshift ${verb}`);
        const isLocal = environment.cloud === 'local';
        const { found, exitCode } = isLocal
          ? await runLocally(command, parts, task, releases)
          : await runInTask(command, task, releases);
        if (json) {
          const problems = exitCode === 0 ? [] : [`${command}: exit code ${String(exitCode)}`];
          const result = resultOf({ verb, environment, problems });
          effects.stdout.json(output.exec, { ...result, task: found, command, exitCode });
        }
        effects.exitWith(exitCode);
      });
    });
}

/** An argument as POSIX shells write it. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

const PART = /(?:\\.|'[^']*'|"(?:\\.|[^\\"])*"|[^\s\\'"])+/gs;
const QUOTE = /'([^']*)'|"((?:\\.|[^\\"])*)"|\\(.)/gs;

/**
 * The program and the arguments of a command line. The agent of ECS Exec splits it by the quotes of a shell, but runs no shell: it does not
 * expand variables. https://github.com/aws/amazon-ssm-agent/blob/mainline/agent/session/shell/shell_unix.go
 * @throws {UserError} when it is empty or a quote has no end.
 */
function partsOf(command: string, where: string): readonly string[] {
  const parts = command.match(PART);
  if (parts && command.replace(PART, '').trim() === '') {
    return parts.map((part) =>
      part.replace(
        QUOTE,
        (_, single?: string, double?: string, escaped?: string) =>
          single ?? double?.replace(/\\(.)/gs, '$1') ?? String(escaped),
      ),
    );
  }
  throw new UserError({
    where,
    what: 'the command is empty, or a quote has no end',
    got: JSON.stringify(command),
    todo: "write the program and its arguments, for example -- sh -c 'echo $HOME'",
  });
}

interface Ran {
  readonly found: TaskView;
  readonly exitCode: number;
}

const PLUGIN = 'session-manager-plugin';

const PLUGIN_PAGE =
  'https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-working-with-install-plugin.html';

/** The plugin gets the session that ECS started, its region and the action: https://github.com/aws/session-manager-plugin */
async function runInTask(command: string, wanted: string | undefined, releases: Releases): Promise<Ran> {
  const { context, engine, environment, effects, verb } = releases;
  const where = `nightshift ${verb}`;
  await requirePlugin(effects, where);
  const { task, session }: ExecSession = await engine.startExec(context, command, wanted);
  const given = { SessionId: session.sessionId, StreamUrl: session.streamUrl, TokenValue: session.tokenValue };
  const { exitCode } = await runForeground({
    command: [PLUGIN, JSON.stringify(given), environment.region, 'StartSession'],
    cwd: effects.cwd,
    env: effects.env,
    effects,
    where,
    todo: `install it: ${PLUGIN_PAGE}`,
  });
  return { found: task, exitCode };
}

/** Checked before the session starts, because AWS keeps an unused session for minutes. */
async function requirePlugin({ spawn, env }: Releases['effects'], where: string): Promise<void> {
  const isThere = await new Promise<boolean>((resolve) => {
    const child = spawn(PLUGIN, ['--version'], { env: { ...env }, stdio: 'ignore' });
    child.on('error', () => {
      resolve(false);
    });
    child.on('close', () => {
      resolve(true);
    });
  });
  if (isThere) return;
  throw new UserError({
    where,
    what: `the program ${PLUGIN} is not installed, and ECS Exec needs it`,
    todo: `install it: ${PLUGIN_PAGE}`,
  });
}

/** Runs with the variables of the task definition, as in the task. The shell only finds the program. */
async function runLocally(
  command: string,
  parts: readonly string[],
  wanted: string | undefined,
  releases: Releases,
): Promise<Ran> {
  const { context, engine, effects, verb } = releases;
  const found = await engine.runningTask(context, wanted);
  effects.stderr.write(`task ${found.id} is a process on this machine; ${command} runs next to it\n`);
  const { exitCode } = await runForeground({
    command: ['/bin/sh', '-c', 'exec "$@"', 'sh', ...parts],
    cwd: effects.cwd,
    env: { ...effects.env, ...(await engine.taskVariables(context, found)) },
    effects,
    where: `nightshift ${verb}`,
    todo: 'use a machine with a POSIX shell',
  });
  return { found, exitCode };
}
