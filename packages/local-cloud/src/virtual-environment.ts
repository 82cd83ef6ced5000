import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UserError } from '@nightshift/errors';
import { readOptionalFile } from '@nightshift/files';
import type { ProcessEnvironment } from './cloud-environment';
import type { CloudFiles } from './cloud-files';
import { findPython, type Python } from './find-python';
import type { Clock, ProgramRequest, Programs } from './machine';
import { withProgress } from './with-progress';

interface Preparation {
  readonly files: CloudFiles;
  readonly env: ProcessEnvironment;
  readonly machine: Pick<Clock, 'now'> & Pick<Programs, 'run'>;
  readonly platform: NodeJS.Platform;
  readonly onProgress: (message: string) => void;
}

/** The variables of the Python programs, without those that change which code they run. */
export function pythonEnvironment(env: ProcessEnvironment): ProcessEnvironment {
  return {
    ...env,
    PYTHONPATH: undefined,
    PYTHONHOME: undefined,
    PIP_USER: undefined,
    PIP_REQUIRE_VIRTUALENV: undefined,
  };
}

function virtualPython(directory: string, platform: NodeJS.Platform): string {
  return platform === 'win32' ? join(directory, 'Scripts', 'python.exe') : join(directory, 'bin', 'python');
}

function lastLine(output: string): string {
  return output.trim().split(/\r?\n/).at(-1) as string;
}

async function runOrRefuse({ machine, files }: Preparation, request: ProgramRequest, problem: Problem): Promise<void> {
  const { exitCode, output } = await machine.run(request);
  if (exitCode === 0) return;
  await writeFile(files.installLog, output);
  const got = lastLine(output) || `exit code ${String(exitCode)}`;
  throw new UserError({ ...problem, got, todo: `${problem.todo}; the full output is in ${files.installLog}` });
}

interface Problem {
  readonly where: string;
  readonly what: string;
  readonly todo: string;
}

async function make(preparation: Preparation, base: Python, python: string): Promise<void> {
  const { files, env, machine, onProgress } = preparation;
  const { virtualEnvironment: directory, requirements } = files;
  await rm(directory, { recursive: true, force: true });
  await mkdir(dirname(directory), { recursive: true });
  const clean = pythonEnvironment(env);
  await withProgress(
    { message: `making a Python ${base.version} environment in ${directory}`, onProgress, now: machine.now },
    () =>
      runOrRefuse(
        preparation,
        { file: base.executable, args: ['-m', 'venv', directory], env: clean },
        { where: 'Python', what: 'could not create a virtual environment', todo: `repair ${base.executable}` },
      ),
  );
  const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-input'];
  await withProgress({ message: 'installing moto and its dependencies, once', onProgress, now: machine.now }, () =>
    runOrRefuse(
      preparation,
      { file: python, args: [...install, '--only-binary', ':all:', '-r', requirements], env: clean },
      {
        where: 'pip',
        what: 'could not install the packages of the local cloud',
        todo: 'connect to PyPI, or to the package index in the configuration of pip',
      },
    ),
  );
}

/**
 * Returns the Python of the virtual environment, which is created again if it is missing or if requirements or Python have changed. @throws
 * UserError when there is no suitable Python or the installation fails
 */
export async function prepareVirtualEnvironment(preparation: Preparation): Promise<string> {
  const { files, env, machine, platform } = preparation;
  const base = await findPython(env, machine.run);
  const wanted = fingerprintOf(await readFile(files.requirements, 'utf8'), base.version, base.executable);
  const marker = join(files.virtualEnvironment, 'nightshift-fingerprint');
  const python = virtualPython(files.virtualEnvironment, platform);
  if ((await readOptionalFile(marker)) !== wanted) {
    await make(preparation, base, python);
    await writeFile(marker, wanted);
  }
  return python;
}

const LENGTH = 12;

/** A short name for some texts: equal texts, equal name. */
export function fingerprintOf(...texts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(texts)).digest('hex').slice(0, LENGTH);
}

/** The fingerprint of a server's code: every Python module, and the requirements. */
export async function codeFingerprint(python: string): Promise<string> {
  const names = await readdir(join(python, 'nightshift_cloud'), { recursive: true });
  const modules = names.filter((name) => name.endsWith('.py')).sort();
  const files = ['requirements.txt', ...modules.map((name) => join('nightshift_cloud', name))];
  const texts = await Promise.all(files.map((file) => readFile(join(python, file), 'utf8')));
  return fingerprintOf(...files, ...texts);
}
