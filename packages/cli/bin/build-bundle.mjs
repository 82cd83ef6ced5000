import { readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));

/** Big, and needed by few verbs: loaded from `node_modules` when they are. */
const external = /^(?:cdktf|constructs|@cdktf\/|@aws-sdk\/|@smithy\/|@hashicorp\/|esbuild$|tsx)/;

/**
 * Bundles a TypeScript module and all that it imports, ES modules included (older Node.js 20 cannot `require` those).
 * What is imported by `import()` is evaluated when it is asked for.
 * @returns {Promise<{ code: string, map: string, inputs: string[] }>} `inputs`: the files whose change makes the bundle stale.
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
    sourcemap: 'external',
    sourcesContent: false,
    metafile: true,
    legalComments: 'none',
    logLevel: 'silent',
    plugins: [externalPackages, placeOfModule],
  });
  const [map, code] = ['.map', '.cjs'].map((end) => outputFiles.find(({ path }) => path.endsWith(end)).text);
  const sources = Object.keys(metafile.inputs).filter((path) => !path.split('/').includes('node_modules'));
  return {
    code,
    map: JSON.stringify({
      ...JSON.parse(map),
      sources: JSON.parse(map).sources.map((path) => path.replace(/^(\.\.\/)+/, '')),
    }),
    inputs: [
      ...sources.map((path) => join(root, path)),
      // Stands for everything below node_modules.
      join(root, 'node_modules', '.package-lock.json'),
      join(root, 'tsconfig.base.json'),
      ...['build-bundle.mjs', 'load-typescript.mjs'].map((file) => join(here, file)),
    ],
  };
}

/** Resolved now and by `require`'s rules, as the bundle lies elsewhere than the packages that need them. */
const externalPackages = {
  name: 'external packages',
  setup({ onResolve, resolve }) {
    onResolve({ filter: external }, async ({ path, resolveDir, pluginData }) => {
      if (pluginData?.resolving) return undefined;
      const found = await resolve(path, { resolveDir, kind: 'require-call', pluginData: { resolving: true } });
      return found.errors.length > 0 ? { errors: found.errors } : { path: found.path, external: true };
    });
  },
};

/** `__dirname` keeps meaning the directory of the source. */
const placeOfModule = {
  name: 'place of module',
  setup({ onLoad }) {
    onLoad({ filter: /\.[cm]?[jt]s$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8');
      if (!/\b__(?:dirname|filename)\b/.test(text)) return undefined;
      const place = `var __filename = ${JSON.stringify(path)}, __dirname = ${JSON.stringify(dirname(path))};`;
      return { contents: `${place}${text}`, loader: path.endsWith('ts') ? 'ts' : 'js' };
    });
  },
};
