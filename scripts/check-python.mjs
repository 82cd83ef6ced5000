// Checks the Python code of the local cloud with ruff (faults and format) and mypy (types). `--fix` corrects what ruff can correct.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './ensure-installed.mjs';
import { installPrograms } from './python-programs.mjs';

const code = join(root, 'packages', 'local-cloud', 'python');
const directory = join(root, '.nightshift', 'check-python');
// mypy reads the types of moto, so the packages of the local cloud are installed too.
const bin = installPrograms(
  join(directory, 'venv'),
  join(root, 'scripts', 'python-requirements.txt'),
  join(code, 'requirements.txt'),
);
const fix = process.argv.includes('--fix');

function passes(program, ...args) {
  const { status, error } = spawnSync(join(bin, program), args, { cwd: code, stdio: 'inherit' });
  if (error) throw error;
  return status === 0;
}

const style = [
  passes('ruff', 'check', '--output-format', 'concise', ...(fix ? ['--fix'] : []), '--quiet', '.'),
  passes('ruff', 'format', ...(fix ? [] : ['--check', '--diff']), '--quiet', '.'),
].every(Boolean);
if (!style) console.error('correct what ruff can correct: node scripts/check-python.mjs --fix');
const types = passes('mypy', '--no-error-summary', '--cache-dir', join(directory, 'mypy'));
process.exitCode = style && types ? 0 : 1;
