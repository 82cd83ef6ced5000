// Lints the Python code of the local cloud and checks its format, with ruff. `--fix` corrects it where ruff can.
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

const passed = [
  ruff('check', '--output-format', 'concise', ...(fix ? ['--fix'] : [])),
  ruff('format', ...(fix ? [] : ['--check', '--diff'])),
];
if (!passed.every(Boolean)) console.error('ruff can correct some of this: node scripts/check-python.mjs --fix');
process.exitCode = passed.every(Boolean) ? 0 : 1;
