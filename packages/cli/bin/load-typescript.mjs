// Runs TypeScript sources without a build step: bundles them into one file, once, and again when a source or an installed
// package has changed. Checking that takes milliseconds; transpiling at every start would take most of a second.
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import * as nodeModule from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { traceByMap } from './trace-by-map.mjs';

/**
 * The exports of a TypeScript module.
 * @param {{ entry: string, root: string }} options the module, and the workspace whose `node_modules` it uses.
 */
export async function loadTypeScript({ entry, root }) {
  const cache = join(root, 'node_modules', '.cache', 'nightshift');
  const name = `${createHash('sha256').update(entry).digest('hex').slice(0, 8)}.cjs`;
  // Node.js 22 and newer keep the compiled code as well.
  nodeModule.enableCompileCache?.(join(cache, 'compiled'));
  const cached = join(cache, name);
  const bundle = isCurrent(cached)
    ? cached
    : await bundleInto([() => cache, temporaryDirectory], name, { entry, root });
  Error.prepareStackTrace = traceByMap(bundle);
  return createRequire(bundle)(bundle);
}

/** The first line of a bundle names its sources, each with the stamp that it had. */
function isCurrent(bundle) {
  try {
    const [first] = readFileSync(bundle, 'utf8').split('\n', 1);
    return JSON.parse(first.slice(2)).every(([path, stamp]) => stampOf(path) === stamp);
  } catch {
    return false;
  }
}

function stampOf(path) {
  const { mtimeMs, size } = statSync(path);
  return `${mtimeMs}:${size}`;
}

/** Writes the bundle into the first directory that lets it: a read-only checkout works as well, only slower. */
async function bundleInto(directories, name, { entry, root }) {
  const { buildBundle } = await import('./build-bundle.mjs');
  const { code, map, inputs } = await buildBundle({ entry, root });
  const head = `//${JSON.stringify(inputs.map((path) => [path, stampOf(path)]))}\n`;
  let reason;
  for (const directory of directories) {
    try {
      const bundle = join(directory(), name);
      replace(`${bundle}.map`, map);
      replace(bundle, head + code);
      return bundle;
    } catch (error) {
      reason = error;
    }
  }
  throw reason;
}

function temporaryDirectory() {
  return mkdtempSync(join(tmpdir(), 'nightshift-'));
}

/** Several processes may start at once: none ever sees half a file. */
function replace(path, text) {
  mkdirSync(join(path, '..'), { recursive: true });
  const temporary = `${path}.${process.pid}`;
  writeFileSync(temporary, text);
  renameSync(temporary, path);
}
