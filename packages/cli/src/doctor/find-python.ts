import { UserError } from '@nightshift/errors';
import { execa } from 'execa';
import type { DoctorContext } from './doctor-context';

/** Fails where the local cloud could not be installed; on Debian, venv is a package of its own. */
const PROBE = [
  'import sys, venv, ensurepip',
  'assert sys.version_info >= (3, 10)',
  'print(*sys.version_info[:3], sep=".")',
  'print(sys.executable)',
].join('\n');

const NAMES = ['python3', 'python', 'python3.14', 'python3.13', 'python3.12', 'python3.11', 'python3.10'];

/** The Python on which the local cloud would be installed: the one that `NIGHTSHIFT_PYTHON` names, else the first on PATH that does. */
export const findPython: DoctorContext['findPython'] = async (env) => {
  const candidates = env['NIGHTSHIFT_PYTHON'] ? [env['NIGHTSHIFT_PYTHON']] : NAMES;
  for (const candidate of candidates) {
    const { stdout, exitCode } = await execa(candidate, ['-c', PROBE], { env, extendEnv: false, reject: false });
    const [version, executable] = String(stdout).split(/\r?\n/);
    if (exitCode === 0 && version && executable) return { version, executable };
  }
  throw new UserError({
    where: 'Python',
    what: 'is missing, or older than 3.10, or lacks venv or ensurepip',
    got: candidates.join(', '),
    todo: 'install Python 3.10 or newer (on Debian and Ubuntu with python3-venv), or name one with NIGHTSHIFT_PYTHON',
  });
};
