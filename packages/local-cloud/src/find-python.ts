import { UserError } from '@nightshift/errors';
import type { ProcessEnvironment } from './cloud-environment';
import type { Programs } from './machine';
import { thisMachine } from './this-machine';

/** moto 5.2.5 runs on this and newer: https://pypi.org/project/moto/5.2.5/ */
const OLDEST = [3, 10] as const;

const CANDIDATES = [
  ['python3'],
  ['python'],
  ['py', '-3'],
  ...['3.14', '3.13', '3.12', '3.11', '3.10'].map((version) => [`python${version}`]),
];

/** Prints the properties of a Python; runs on every version, so that an old one can be reported. */
const PROBE = `
import json, sys
def has(name):
    try:
        __import__(name)
        return True
    except ImportError:
        return False
print(json.dumps({
    "executable": sys.executable,
    "version": ".".join(str(part) for part in sys.version_info[:3]),
    "complete": has("venv") and has("ensurepip"),
}))
`;

export interface Python {
  readonly executable: string;
  /** Such as `3.11.7`. */
  readonly version: string;
  /** Whether it can create virtual environments with pip. */
  readonly complete: boolean;
}

const REMEDY = 'install Python 3.10 or newer, or name one with NIGHTSHIFT_PYTHON';

function isNewEnough({ version }: Python): boolean {
  const [major, minor] = version.split('.').map(Number) as [number, number];
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}

function described({ version, executable }: Python): string {
  return `${version} (${executable})`;
}

function incomplete(where: string, python: Python): UserError {
  const minor = python.version.split('.').slice(0, 2).join('.');
  return new UserError({
    where,
    what: 'cannot create virtual environments',
    got: `${described(python)} without venv or ensurepip`,
    todo: `on Debian and Ubuntu: apt-get install python${minor}-venv; or name another Python with NIGHTSHIFT_PYTHON`,
  });
}

async function probe(
  [file, ...args]: readonly string[],
  env: ProcessEnvironment,
  run: Programs['run'],
): Promise<Python | undefined> {
  const { exitCode, output } = await run({ file: file as string, args: [...args, '-c', PROBE], env });
  return exitCode === 0 ? (JSON.parse(output) as Python) : undefined;
}

async function namedPython(name: string, env: ProcessEnvironment, run: Programs['run']): Promise<Python> {
  const python = await probe([name], env, run);
  const where = 'NIGHTSHIFT_PYTHON';
  const todo = 'name the program of a Python 3.10 or newer, or unset it';
  if (!python) throw new UserError({ where, what: 'does not run', got: name, todo });
  if (!isNewEnough(python)) throw new UserError({ where, what: 'is too old', got: described(python), todo });
  if (!python.complete) throw incomplete(where, python);
  return python;
}

/**
 * The Python in `NIGHTSHIFT_PYTHON`, otherwise the first suitable one on PATH.
 * @throws UserError naming the best candidate and its problem
 */
export async function findPython(env: ProcessEnvironment, run: Programs['run'] = thisMachine.run): Promise<Python> {
  const named = env['NIGHTSHIFT_PYTHON'];
  if (named) return namedPython(named, env, run);
  const found: Python[] = [];
  for (const candidate of CANDIDATES) {
    const python = await probe(candidate, env, run);
    if (python && isNewEnough(python) && python.complete) return python;
    if (python) found.push(python);
  }
  const newEnough = found.find(isNewEnough);
  if (newEnough) throw incomplete('Python', newEnough);
  const [old] = found;
  if (old) throw new UserError({ where: 'Python', what: 'is too old', got: described(old), todo: REMEDY });
  const looked = CANDIDATES.map((candidate) => candidate.join(' ')).join(', ');
  throw new UserError({ where: 'Python', what: 'is missing', got: `none of ${looked} on PATH`, todo: REMEDY });
}
