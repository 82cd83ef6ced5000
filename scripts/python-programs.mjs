// Installs the Python programs that check this repository. Lock files pin them with hashes.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Installs the packages of `lock` into a virtual environment, once and after each change of `lock`.
 * @returns the folder of its programs.
 */
export function installPrograms(lock, environment) {
  const bin = join(environment, process.platform === 'win32' ? 'Scripts' : 'bin');
  const marker = join(environment, 'installed');
  const wanted = createHash('sha256').update(readFileSync(lock)).digest('hex');
  if (existsSync(marker) && readFileSync(marker, 'utf8') === wanted) return bin;
  rmSync(environment, { recursive: true, force: true });
  console.log(`installing ${lock}, once`);
  run(process.env.NIGHTSHIFT_PYTHON ?? (process.platform === 'win32' ? 'python' : 'python3'), [
    '-m',
    'venv',
    environment,
  ]);
  const quietly = ['--quiet', '--disable-pip-version-check', '--no-input'];
  run(join(bin, 'python'), ['-m', 'pip', 'install', ...quietly, '--require-hashes', '-r', lock]);
  writeFileSync(marker, wanted);
  return bin;
}

function run(file, args) {
  const { status, error } = spawnSync(file, args, { stdio: 'inherit' });
  if (error) throw error;
  if (status !== 0) throw new Error(`${file} ${args.join(' ')} failed with exit code ${status}`);
}
