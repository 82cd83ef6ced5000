import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { allowedNamesIn, requestedSuffix, unknownEnvironment } from '@nightshift/config/names';
import { everydayCommands, ExitCode, type Problem } from '@nightshift/errors';
import { isReleaseVerb, isShellSafe, isStackVerb } from './targets';

/** `destroy` always asks; the others ask if resources are destroyed or replaced. */
const askingVerbs = ['destroy', 'deploy', 'redeploy'] as const;

type AskingVerb = (typeof askingVerbs)[number];

/** The stacks and options in an Nx command line. */
export interface RequestedRun {
  /** Whether the run includes a target of a stack, `synth` or `synth-skip-policy`. */
  readonly concernsStacks: boolean;
  /** Whether the run releases a version. */
  readonly releases: boolean;
  /** The verb that asks for confirmation before the first task. @default - none, or `--yes` */
  readonly asks: AskingVerb | undefined;
  /** The selected projects. @default - all, or a pattern */
  readonly projects: readonly string[] | undefined;
  /** The requested targets. */
  readonly targets: readonly string[];
  /** Whether the arguments request help. */
  readonly help: boolean;
  /** The value of `-c`, or the third part of `project:target:configuration`. */
  readonly configuration: string | undefined;
  readonly arguments: readonly string[];
}

/** @param args the arguments of `nx`, such as `run-many -t deploy -c dev`. */
export function requestedRun(args: readonly string[]): RequestedRun {
  const { values, positionals } = parseArgs({
    args: [...args],
    strict: false,
    allowPositionals: true,
    options: {
      configuration: { type: 'string', short: 'c' },
      target: { type: 'string', short: 't', multiple: true },
      targets: { type: 'string', multiple: true },
      projects: { type: 'string', short: 'p', multiple: true },
      yes: { type: 'boolean', short: 'y' },
      plan: { type: 'boolean' },
      json: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  const listed = [...texts(values['target']), ...texts(values['targets'])].flatMap((word) => word.split(','));
  const words = [...positionals.flatMap((word) => word.split(',')), ...listed];
  const named = words.map((word) => word.split(':'));
  const [given] = texts(values['configuration']);
  const releases = named.flat().some(isReleaseVerb);
  const asks = values['yes'] ? undefined : askingVerbs.find((verb) => named.flat().includes(verb));
  // A saved plan has been reviewed, and a program cannot answer.
  const isReviewed = asks !== 'destroy' && Boolean(values['plan'] ?? values['json']);
  return {
    releases,
    asks: isReviewed ? undefined : asks,
    projects: projectsOf(positionals, texts(values['projects'])),
    targets: [...targetsOf(positionals), ...listed],
    help: Boolean(values['help']),
    concernsStacks: releases || named.flat().some((word) => isStackVerb(word) || /^synth(?:-skip-policy)?$/.test(word)),
    configuration: given?.replace(/^=/, '') ?? named.find(({ length }) => length === 3)?.[2],
    arguments: args,
  };
}

/** `run network:destroy`, `destroy network`, `run-many -p network,registry` or `-p network registry`. */
function projectsOf([command = '', ...operands]: readonly string[], listed: readonly string[]): string[] | undefined {
  const isMany = many.includes(command);
  if (isMany ? listed.length === 0 : operands.length === 0) return undefined;
  const projects = (isMany ? [...listed, ...operands] : operands.slice(0, 1))
    .flatMap((word) => word.split(','))
    .map((word) => word.replace(/:.*/, ''));
  return projects.every((project) => /^[a-z][a-z0-9-]*$/.test(project)) ? projects : undefined;
}

/** `run network:destroy`, `network:destroy` or `destroy network`. */
function targetsOf([command = '', operand]: readonly string[]): string[] {
  const [project, target] = (command === 'run' ? String(operand) : command).split(':');
  if (target !== undefined) return [target];
  return operand === undefined || many.includes(command) ? [] : [String(project)];
}

const many = ['run-many', 'affected'];

type Value = string | boolean | readonly (string | boolean)[] | undefined;

function texts(value: Value): string[] {
  return [value].flat().filter((one) => typeof one === 'string');
}

function environmentDirectory(workspaceRoot: string): string {
  return join(workspaceRoot, 'environments');
}

/** The names of the files in `environments/`, sorted: each is a configuration of every target. The loader refuses other names. */
export function environmentNames(workspaceRoot: string): string[] {
  const directory = environmentDirectory(workspaceRoot);
  return existsSync(directory) ? allowedNamesIn(directory) : [];
}

/** Finds problems that Nx does not report: it runs a target without its configuration if the configuration does not exist. */
export function checkRun(
  run: Pick<RequestedRun, 'configuration' | 'arguments'>,
  workspaceRoot: string,
  env: NodeJS.ProcessEnv,
): Problem | undefined {
  const { configuration } = run;
  const environments = environmentNames(workspaceRoot);
  if (configuration === undefined) {
    return { where: 'nx', what: 'no environment is named', todo: `add -c and one of ${environments.join(', ')}` };
  }
  if (!environments.includes(configuration))
    return unknownEnvironment(environmentDirectory(workspaceRoot), configuration);
  const unsafe = run.arguments.find((argument) => !isShellSafe(argument));
  if (unsafe === undefined) return undefined;
  const { nightshift } = everydayCommands({ name: configuration, suffix: requestedSuffix(env) ?? configuration });
  return {
    where: 'nx',
    what: 'an argument has characters that Nx passes to a shell',
    got: unsafe,
    todo: `leave out quotes, $, \\ and backticks, or run the command itself: ${nightshift('<verb> <stack>')}`,
  };
}

/** Runs a program with the terminal of Nx; returns its exit code. */
type RunProgram = (args: readonly string[], cwd: string) => number | null;

/** Runs a Node.js program. */
export const runNode: RunProgram = (args, cwd) => spawnSync(process.execPath, args, { cwd, stdio: 'inherit' }).status;

/**
 * Prompts once per run, before its first task: tasks have no terminal. The command prompts, because it reads the deployed resources and plans
 * the changes.
 * @returns why no task may run: the user pressed Ctrl-C, which the command has reported, or a problem. Undefined when the user has confirmed
 * or there is nothing to confirm.
 */
export function confirmRun(
  verb: AskingVerb,
  { configuration, projects }: Pick<RequestedRun, 'configuration' | 'projects'>,
  workspaceRoot: string,
  atTerminal: boolean,
  run = runNode,
): Problem | 'interrupted' | undefined {
  const where = `nx ${verb}`;
  if (!atTerminal) {
    // Without a terminal, deploy does not ask, like the command itself.
    if (verb !== 'destroy') return undefined;
    return { where, what: 'confirmation required, but there is no terminal', todo: 'add --yes' };
  }
  const command = join('packages', 'cli', 'bin', 'nightshift.mjs');
  const stacks = projects ? [`--ask-for=${projects.join(',')}`] : ['--ask-for'];
  const status = run([command, verb, '-c', String(configuration), ...stacks], workspaceRoot);
  if (status === 0) return undefined;
  if (status === ExitCode.interrupted) return 'interrupted';
  return {
    where,
    what: verb === 'destroy' ? 'nothing was destroyed' : 'nothing was changed',
    todo: 'see the message above',
  };
}
