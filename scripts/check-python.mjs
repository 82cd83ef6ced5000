// The Python code of the local cloud, judged by ruff: faults and format. `--fix` corrects what can be corrected.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './ensure-installed.mjs';
import { installPrograms } from './python-programs.mjs';

const lock = join(root, 'scripts', 'python-requirements.txt');
const bin = installPrograms(lock, join(root, '.nightshift', 'check-python', 'venv'));
const fix = process.argv.includes('--fix');

function ruff(...args) {
  const { status, error } = spawnSync(join(bin, 'ruff'), [...args, '--quiet', '.'], {
    cwd: join(root, 'packages', 'local-cloud', 'python'),
    stdio: 'inherit',
  });
  if (error) throw error;
  return status === 0;
}

const judged = [
  ruff('check', '--output-format', 'concise', ...(fix ? ['--fix'] : [])),
  ruff('format', ...(fix ? [] : ['--check', '--diff'])),
];
if (!judged.every(Boolean)) console.error('correct what ruff can correct: node scripts/check-python.mjs --fix');
process.exitCode = judged.every(Boolean) ? 0 : 1;
