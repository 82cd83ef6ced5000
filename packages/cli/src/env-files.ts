import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { ProcessVariables } from '@nightshift/aws-access';
import { config, parse } from 'dotenv';
import { expand } from 'dotenv-expand';
import type { NarrowEnvFile } from '@nightshift/requirements';

/** The parts of an Nx task in the names of .env files. */
export interface EnvFileTask {
  /** Its directory, such as `apps/network`. @default - not a stack */
  readonly project?: string | undefined;
  readonly target: string;
  readonly configuration?: string | undefined;
}

/** Nx loads these before it knows the task. */
const BEFORE_TASKS = ['.env', '.local.env', '.env.local'];

/** Targets that run on one stack without an argument for it. */
const RELEASED: Readonly<Record<string, string>> = { release: 'apps/compute', rollback: 'apps/compute' };

/**
 * The variables of a command: those of the shell, and of the .env files that Nx loads for the same task, so that the command behaves the
 * same with and without Nx: https://nx.dev/docs/guides/tips-n-tricks/define-environment-variables
 * @param argv the arguments after the command's name.
 */
export function withEnvFiles(shell: ProcessVariables['env'], root: string, argv: readonly string[]): ProcessVariables {
  if (shell['NX_LOAD_DOT_ENV_FILES'] === 'false') return { env: { ...shell }, envFiles: {} };
  const env: Record<string, string> = Object.fromEntries(
    Object.entries(shell).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  // Nx overrides a variable that has the value of one of these files, so that the files of a task take precedence.
  for (const file of existing(root, BEFORE_TASKS)) {
    const values: Record<string, string> = {};
    load([join(root, file)], values);
    for (const [name, value] of Object.entries(values)) if (env[name] === value) Reflect.deleteProperty(env, name);
  }
  const files = existing(root, envFilesOf(taskOf(argv, root)));
  const envFiles: Record<string, string> = {};
  for (const file of files) {
    for (const name of namesIn(root, file)) if (env[name] === undefined) envFiles[name] ??= file;
  }
  if (files.length > 0)
    load(
      files.map((file) => join(root, file)),
      env,
    );
  return { env, envFiles };
}

/** Verbs with the name of an environment: the files of that name belong to the environment. */
const verbsWithoutFiles: readonly string[] = ['dev'];

function hasFiles(target: string): boolean {
  return !verbsWithoutFiles.includes(target);
}

/** All files that Nx may load for a task, relative to the workspace; the first file with a variable takes precedence. */
export function envFilesOf({ project, target, configuration }: EnvFileTask): readonly string[] {
  const identifiers = [...(configuration ? [`${target}.${configuration}`, configuration] : []), target];
  const inFolder = (folder: string) =>
    [
      ...identifiers.flatMap((one) => [`.env.${one}.local`, `.env.${one}`, `.${one}.local.env`, `.${one}.env`]),
      ...['.env.local', '.local.env', '.env'],
    ].map((file) => `${folder}${file}`);
  return [...(project === undefined ? [] : inFolder(`${project}/`)), ...inFolder('')];
}

/**
 * With such files, stacks and commands of one environment can use different credentials.
 * @param targets the names of all tasks of an environment.
 */
export function narrowEnvFiles(
  root: string,
  configuration: string,
  targets: readonly string[],
): readonly NarrowEnvFile[] {
  const wide = new Set(envFilesOf({ target: configuration }));
  const projects = [undefined, ...appsIn(root).map((app) => `apps/${app}`)];
  const tasks = projects.flatMap((project) =>
    targets.filter(hasFiles).flatMap((target) => envFilesOf({ project, target, configuration })),
  );
  return existing(
    root,
    [...new Set(tasks)].filter((file) => !wide.has(file)),
  ).flatMap((file) => {
    const names = namesIn(root, file).filter((name) => /^(?:TF_)?AWS_/.test(name));
    return names.length === 0 ? [] : [{ file, names }];
  });
}

/** The Nx task of a command line such as `deploy network -c dev`, also during completion. */
function taskOf(line: readonly string[], root: string): EnvFileTask {
  const argv = line[0] === 'complete' ? line.slice(2) : line;
  const end = argv.indexOf('--');
  const { values, positionals } = parseArgs({
    args: end < 0 ? [...argv] : argv.slice(0, end),
    options: { configuration: { type: 'string', short: 'c' } },
    allowPositionals: true,
    // The command itself reports invalid options.
    strict: false,
  });
  const [target = 'help', ...others] = positionals;
  const stack = others.find((one) => appsIn(root).includes(one));
  const configuration = values.configuration === undefined ? undefined : String(values.configuration);
  return {
    target: hasFiles(target) ? target : 'local',
    configuration,
    project: stack === undefined ? RELEASED[target] : `apps/${stack}`,
  };
}

function appsIn(root: string): readonly string[] {
  return existsSync(join(root, 'apps')) ? readdirSync(join(root, 'apps')) : [];
}

function existing(root: string, files: readonly string[]): readonly string[] {
  return files.filter((file) => existsSync(join(root, file)));
}

function namesIn(root: string, file: string): readonly string[] {
  return Object.keys(parse(readFileSync(join(root, file))));
}

/** As in Nx: reads all files, then expands `${NAME}` in the values. */
function load(paths: string[], env: Record<string, string>): void {
  expand({ ...config({ path: paths, processEnv: env }), processEnv: env });
}
