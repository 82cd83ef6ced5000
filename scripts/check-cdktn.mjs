// CDK Terrain (`cdktn`) continues CDKTF, which is archived. This check synthesizes every environment with both libraries and compares the files. As long as they are the
// same, apart from the version, the move changes names only. See docs/decisions/0006-cdktf-is-archived.md.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import Module from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from './ensure-installed.mjs';

const [outdir, library] = process.argv.slice(2);

if (outdir !== undefined) {
  await synthesizeAll();
} else {
  const directory = mkdtempSync(join(tmpdir(), 'nightshift-cdktn-'));
  try {
    const [cdktf, cdktn] = ['cdktf', 'cdktn'].map((name) => filesOf(name, join(directory, name)));
    const differences = [...new Set([...cdktf.keys(), ...cdktn.keys()])].filter(
      (file) => cdktf.get(file) !== cdktn.get(file),
    );
    for (const file of differences) console.error(`${file}: cdktn writes something else than cdktf`);
    if (differences.length > 0) {
      process.exitCode = 1;
    } else {
      console.log(`cdktn: ${cdktf.size} files, as with cdktf`);
    }
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** The files that a library writes, without the version of the library. */
function filesOf(name, directory) {
  execFileSync(process.execPath, ['--import', 'tsx', fileURLToPath(import.meta.url), directory, name], {
    stdio: 'inherit',
  });
  const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8'));
  return new Map(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      // The libraries break the lines of an empty list differently.
      const json = JSON.stringify(JSON.parse(readFileSync(path, 'utf8')));
      return [path.slice(directory.length + 1), json.replaceAll(`"${version}"`, '"<version>"')];
    }),
  );
}

async function synthesizeAll() {
  if (library === 'cdktn') {
    const resolve = Module._resolveFilename;
    Module._resolveFilename = (request, ...others) => resolve(request.replace(/^cdktf(?=$|\/)/, 'cdktn'), ...others);
  }
  const { listEnvironments, loadEnvironment } = await import('../packages/config/src/index.ts');
  const { synthesizeUnchecked } = await import('../apps/platform/src/index.ts');
  const environments = join(root, 'environments');
  for (const { name, profile } of listEnvironments(environments)) {
    const environment = loadEnvironment({ directory: environments, name, suffix: profile ? 'pr-1' : undefined });
    synthesizeUnchecked(environment, join(outdir, name));
  }
}
