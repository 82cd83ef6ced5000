import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UserError } from '@nightshift/errors';
import { readOptionalFile } from '@nightshift/files';
import type { CloudFiles } from './cloud-files';
import type { ProcessEnvironment } from './cloud-environment';
import type { Effects, ProgramRequest } from './effects';
import { findPython, type Python } from './find-python';
import { fingerprintOf } from './fingerprint';
import { withProgress } from './with-progress';

export interface Preparation {
  readonly files: CloudFiles;
  readonly env: ProcessEnvironment;
  readonly effects: Pick<Effects, 'now' | 'run'>;
  readonly platform: NodeJS.Platform;
  readonly onProgress: (message: string) => void;
}

/** The environment for Python programs of ours: what would change which code they run is taken out. */
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

async function runOrRefuse({ effects, files }: Preparation, request: ProgramRequest, problem: Problem): Promise<void> {
  const { exitCode, output } = await effects.run(request);
  if (exitCode === 0) return;
  await writeFile(files.installLog, output);
  const got = lastLine(output) || `exit code ${String(exitCode)}`;
  throw new UserError({ ...problem, got, todo: `${problem.todo}; all it said is in ${files.installLog}` });
}

interface Problem {
  readonly where: string;
  readonly what: string;
  readonly todo: string;
}

async function make(preparation: Preparation, base: Python, python: string): Promise<void> {
  const { files, env, effects, onProgress } = preparation;
  const { virtualEnvironment: directory, requirements } = files;
  await rm(directory, { recursive: true, force: true });
  await mkdir(dirname(directory), { recursive: true });
  const clean = pythonEnvironment(env);
  await withProgress(
    { message: `making a Python ${base.version} environment in ${directory}`, onProgress, now: effects.now },
    () =>
      runOrRefuse(
        preparation,
        { file: base.executable, args: ['-m', 'venv', directory], env: clean },
        { where: 'Python', what: 'could not make a virtual environment', todo: `mend ${base.executable}` },
      ),
  );
  const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-input'];
  await withProgress({ message: 'installing moto and what it needs, once', onProgress, now: effects.now }, () =>
    runOrRefuse(
      preparation,
      { file: python, args: [...install, '--only-binary', ':all:', '-r', requirements], env: clean },
      {
        where: 'pip',
        what: 'could not install what the local cloud needs',
        todo: 'make PyPI, or the index that pip is configured for, reachable',
      },
    ),
  );
}

/**
 * Gives the Python of the virtual environment, which is made where it is missing or was made for other requirements or
 * another Python. @throws UserError when there is no fitting Python or an installation fails
 */
export async function prepareVirtualEnvironment(preparation: Preparation): Promise<string> {
  const { files, env, effects, platform } = preparation;
  const base = await findPython(env, effects.run);
  const wanted = fingerprintOf(await readFile(files.requirements, 'utf8'), base.version, base.executable);
  const marker = join(files.virtualEnvironment, 'nightshift-fingerprint');
  const python = virtualPython(files.virtualEnvironment, platform);
  if ((await readOptionalFile(marker)) !== wanted) {
    await make(preparation, base, python);
    await writeFile(marker, wanted);
  }
  return python;
}
