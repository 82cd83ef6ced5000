// Runs TypeScript sources without a build step: bundles them with their imports into one file, once, and again when
// a source or an installed package has changed. The check takes milliseconds; transpiling and resolving a thousand modules takes most of a
// second.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import vm from 'node:vm';
import { traceReader } from './readable-trace.mjs';

const readers = [];

/** Maps the positions in a stack trace to the sources, for all loaded modules. */
export function readableTrace(trace) {
  return readers.reduce((text, read) => read(text), trace);
}

/**
 * Loads a TypeScript module.
 * @param {{ entry: string, root: string, purpose: string }} options the module; the workspace whose `node_modules` it uses;
 *   names the cache of V8's compiled code.
 * @returns its exports.
 * @throws an error with `problems`, in the shape of @nightshift/errors, when a source cannot be compiled.
 */
export async function loadTypeScript({ entry, root, purpose }) {
  const name = createHash('sha1').update(entry).digest('hex').slice(0, 8);
  const file = join(root, 'node_modules', '.cache', 'nightshift', `${name}.cjs`);
  const { source, fingerprint, map } = currentBundle(file, root) ?? (await makeBundle(file, { entry, root }));
  // V8 accepts cached code for any source of the same length, so the file name contains the fingerprint.
  const codeFile = `${file}.${fingerprint.slice(0, 8)}.${purpose.replace(/\W/g, '')}.v8`;
  readers.push(traceReader(file, map));
  return run(source, file, codeFile);
}

/** The bundle in a file, undefined if it is missing or out of date. Its first line has the fingerprints of its sources. */
function currentBundle(file, root) {
  try {
    const source = readFileSync(file, 'latin1');
    const { inputs, fingerprint } = JSON.parse(source.slice(2, source.indexOf('\n')));
    if (fingerprintOf(inputs, root) !== fingerprint) return undefined;
    return { source, fingerprint, map: () => readFileSync(`${file}.map`, 'utf8') };
  } catch {
    return undefined;
  }
}

/** By content: modification times differ between checkouts. npm's lock file represents all packages. */
function fingerprintOf(inputs, root) {
  const hash = createHash('sha1');
  for (const input of [...inputs, join('node_modules', '.package-lock.json')]) {
    hash.update(`\0${input}\0`).update(readFileSync(join(root, input)));
  }
  return hash.digest('hex');
}

async function makeBundle(file, { entry, root }) {
  const { buildBundle } = await import('./build-bundle.mjs').catch((error) => {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
    const problem = { where: 'node_modules', what: 'packages are missing', todo: 'run npm ci' };
    throw Object.assign(error, { problems: [problem] });
  });
  const { code, map, inputs } = await buildBundle({ entry, root });
  const fingerprint = fingerprintOf(inputs, root);
  const source = `//${JSON.stringify({ inputs, fingerprint })}\n${code}`;
  removeCompiled(file);
  keep(`${file}.map`, map);
  keep(file, source);
  return { source, fingerprint, map: () => map };
}

/** Like `require`, but with V8's code cache. It is written when the process ends, so that it contains all functions that ran. */
function run(source, file, codeFile) {
  const cachedData = optional(codeFile);
  const wrapped = `(function (exports, require, module, __filename, __dirname) {${source}\n})`;
  const script = new vm.Script(wrapped, { filename: file, cachedData });
  if (cachedData === undefined || script.cachedDataRejected) {
    // Not after a failure: the next run may not use this purpose.
    process.on('exit', (code) => code === 0 && keep(codeFile, script.createCachedData()));
  }
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(file), module, file, dirname(file));
  return module.exports;
}

function removeCompiled(file) {
  try {
    const old = readdirSync(dirname(file)).filter((name) => name.startsWith(basename(file)) && name.endsWith('.v8'));
    for (const name of old) rmSync(join(dirname(file), name), { force: true });
  } catch {
    // The directory does not exist yet.
  }
}

function optional(file) {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

/**
 * Writes atomically, since several processes may start at once. In a read-only checkout nothing is cached, and the command starts more
 * slowly.
 */
function keep(path, data) {
  try {
    mkdirSync(dirname(path), { recursive: true });
    const temporary = `${path}.${process.pid}`;
    writeFileSync(temporary, data);
    renameSync(temporary, path);
  } catch {
    // The checkout is read-only.
  }
}
