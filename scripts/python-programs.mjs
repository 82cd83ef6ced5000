// Installs the Python programs that check this repository. Lock files pin them with hashes.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Installs the packages of the lock files into a virtual environment, once and after each change of a lock file.
 * @returns the folder of its programs.
 */
export function installPrograms(environment, ...locks) {
  const bin = join(environment, process.platform === 'win32' ? 'Scripts' : 'bin');
  const marker = join(environment, 'installed');
  const hash = createHash('sha256');
  for (const lock of locks) hash.update(readFileSync(lock));
  const wanted = hash.digest('hex');
  if (existsSync(marker) && readFileSync(marker, 'utf8') === wanted) return bin;
  rmSync(environment, { recursive: true, force: true });
  console.log(`installing ${locks.join(' and ')}, once`);
  run(process.env.NIGHTSHIFT_PYTHON ?? (process.platform === 'win32' ? 'python' : 'python3'), [
    '-m',
    'venv',
    environment,
  ]);
  const quietly = ['--quiet', '--disable-pip-version-check', '--no-input'];
  for (const lock of locks)
    run(join(bin, 'python'), ['-m', 'pip', 'install', ...quietly, '--require-hashes', '-r', lock]);
  writeFileSync(marker, wanted);
  return bin;
}

function run(file, args) {
  const { status, error } = spawnSync(file, args, { stdio: 'inherit' });
  if (error) throw error;
  if (status !== 0) throw new Error(`${file} ${args.join(' ')} failed with exit code ${status}`);
}
