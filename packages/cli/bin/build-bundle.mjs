import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));

/** Large packages that few verbs need: loaded from `node_modules` on first use. Nx has already loaded its own packages. */
const external = /^(?:@aws-sdk\/|@hashicorp\/|@nx\/)/;

/**
 * Bundles a TypeScript module and all its imports, ES modules included (older Node.js 20 cannot `require` those).
 * @returns {Promise<{ code: string, map: string, inputs: string[] }>} `inputs`: the files, relative to the root, whose
 *   change makes the bundle stale; packages are left out.
 * @throws an error with `problems`, in the shape of @nightshift/errors, when a source cannot be compiled.
 */
export async function buildBundle({ entry, root }) {
  const { outputFiles, metafile } = await build({
    entryPoints: [entry],
    absWorkingDir: root,
    outfile: 'bundle.cjs',
    write: false,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    // `import()` becomes `require`, since V8 cannot import from a compiled script.
    supported: { 'dynamic-import': false },
    // ASCII only: V8 reads the file without a conversion.
    charset: 'ascii',
    sourcemap: 'external',
    sourcesContent: false,
    metafile: true,
    legalComments: 'none',
    logLevel: 'silent',
    plugins: [externalPackages, placeOfModule],
  }).catch((error) => {
    throw Object.assign(error, { problems: error.errors.map(problemOf) });
  });
  const [map, code] = ['.map', '.cjs'].map((end) => outputFiles.find(({ path }) => path.endsWith(end)).text);
  const isOwn = (path) => !path.split('/').includes('node_modules');
  const tools = ['build-bundle.mjs', 'load-typescript.mjs'].map((file) => relative(root, join(here, file)));
  return {
    code: requireOnUse(code),
    map,
    inputs: [...Object.keys(metafile.inputs).filter(isOwn), 'tsconfig.base.json', ...tools],
  };
}

/**
 * Requires an external package on first use, not when the module that imports it is loaded: most commands call few AWS services, and
 * loading an SDK takes 20 to 100 ms of CPU. Adds no line, so that the source map stays valid.
 */
function requireOnUse(code) {
  const assigned = /^(\s*(?:var )?import_\w+ = )(require\("[^"]*\/node_modules\/(?:@aws-sdk|@hashicorp)\/[^"]*"\));$/gm;
  return code.replace(assigned, '$1new Proxy({}, { get: (_, name) => $2[name] });');
}

/** A message of esbuild; https://esbuild.github.io/api/#message-object */
function problemOf({ text, location }) {
  const { file, line, column } = location ?? { file: 'node_modules', line: 0, column: 0 };
  const todo = text.startsWith('Could not resolve') ? 'run npm ci, or correct the import' : 'correct the source';
  return { where: location ? `${file}:${line}:${column + 1}` : file, what: text, todo };
}

/** Resolves external packages from the importing module, because the bundle is in another directory. */
const externalPackages = {
  name: 'external packages',
  setup({ onResolve, resolve }) {
    onResolve({ filter: external }, async ({ path, resolveDir, pluginData }) => {
      if (pluginData === externalPackages) return undefined;
      const found = await resolve(path, { resolveDir, kind: 'require-call', pluginData: externalPackages });
      return found.errors.length > 0 ? { errors: found.errors } : { path: found.path, external: true };
    });
  },
};

/** `__dirname` remains the directory of the source. */
const placeOfModule = {
  name: 'place of module',
  setup({ onLoad }) {
    onLoad({ filter: /\.[cm]?[jt]s$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8');
      if (!/\b__(?:dirname|filename)\b/.test(text)) return undefined;
      const place = `var __filename = ${JSON.stringify(path)}, __dirname = ${JSON.stringify(dirname(path))};`;
      return { contents: place + text, loader: path.endsWith('ts') ? 'ts' : 'js' };
    });
  },
};
