// Runs TypeScript sources without a build step: bundles them and all that they import into one file, once, and again when
// a source or an installed package has changed. To check that takes milliseconds; to transpile and resolve a thousand modules
// at every start would take most of a second.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import vm from 'node:vm';
import { traceReader } from './readable-trace.mjs';

const readers = [];

/** Makes the places in a stack trace places in the sources, for all modules that were loaded. */
export function readableTrace(trace) {
  return readers.reduce((text, read) => read(text), trace);
}

/**
 * Loads a TypeScript module.
 * @param {{ entry: string, root: string, purpose: string }} options the module; the workspace whose `node_modules` it uses;
 *   a word for what is going to be done, as V8's compiled code is kept for each purpose.
 * @returns what it exports.
 * @throws an error with `problems`, in the shape of @nightshift/errors, when a source cannot be compiled.
 */
export async function loadTypeScript({ entry, root, purpose }) {
  const name = createHash('sha1').update(entry).digest('hex').slice(0, 8);
  const file = join(root, 'node_modules', '.cache', 'nightshift', `${name}.cjs`);
  const { source, fingerprint, map } = currentBundle(file, root) ?? (await makeBundle(file, { entry, root }));
  // V8 takes code for current whose source has the same length: the name says what it was made of.
  const codeFile = `${file}.${fingerprint.slice(0, 8)}.${purpose.replace(/\W/g, '')}.v8`;
  readers.push(traceReader(file, map));
  return run(source, file, codeFile);
}

/** The bundle in a file, unless it is not there or out of date. Its first line names its sources and what they were. */
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

/** By content: times of change differ from checkout to checkout. The lock file that npm left stands for all packages. */
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

/** As `require` does, but with V8's code cache. That is written when the process ends, and so holds what was used. */
function run(source, file, codeFile) {
  const cachedData = optional(codeFile);
  const wrapped = `(function (exports, require, module, __filename, __dirname) {${source}\n})`;
  const script = new vm.Script(wrapped, { filename: file, cachedData });
  if (cachedData === undefined || script.cachedDataRejected) {
    // After a failure it may be a word that no one uses again.
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
    // There is none yet.
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
 * Several processes may start at once: none ever sees half a file. Where nothing can be written, as in a read-only
 * checkout, all works as well, only slower.
 */
function keep(path, data) {
  try {
    mkdirSync(dirname(path), { recursive: true });
    const temporary = `${path}.${process.pid}`;
    writeFileSync(temporary, data);
    renameSync(temporary, path);
  } catch {
    // See above.
  }
}
