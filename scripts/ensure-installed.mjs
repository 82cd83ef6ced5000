// Makes `npm start` and `npm test` work in a fresh clone. It uses only Node.js, because node_modules may be missing.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const MINIMUM_NODE = 20;

/** Runs `npm ci` if packages are missing or older than the lock file, and prints a message. Exits 1 if `npm ci` fails. */
export function ensureInstalled() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < MINIMUM_NODE) {
    console.error(
      `Nightshift needs Node.js ${MINIMUM_NODE} or newer, got ${process.versions.node} - install it from https://nodejs.org`,
    );
    process.exit(1);
  }
  const reason = reasonToInstall();
  if (!reason) return;
  console.log(`${reason}: running npm ci (once, about a minute)`);
  // .npmrc includes development packages and ignores install scripts; npm_config_* variables would override it.
  const { status } = spawnSync('npm', ['ci', '--include=dev', '--ignore-scripts', '--loglevel=error'], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) {
    console.error('npm ci failed: see its message above; the npm registry must be reachable');
    process.exit(1);
  }
}

function reasonToInstall() {
  const installed = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installed)) return 'node_modules is missing';
  if (statSync(installed).mtimeMs < statSync(join(root, 'package-lock.json')).mtimeMs) {
    return 'node_modules is older than package-lock.json';
  }
  const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const missing = Object.keys(devDependencies).find((name) => !existsSync(join(root, 'node_modules', name)));
  return missing && `node_modules has no development packages (${missing})`;
}
