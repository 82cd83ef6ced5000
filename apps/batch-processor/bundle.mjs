// Bundles the service into one file: npm run bundle [-- --outfile=<file>]. The esbuild command prints its own stack trace after
// the errors in the source.
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const { values } = parseArgs({ options: { outfile: { type: 'string', default: 'dist/main.js' } } });
const options = { bundle: true, platform: 'node', target: 'node20', logLevel: 'warning' };
try {
  await build({ entryPoints: ['src/main.ts'], outfile: values.outfile, ...options });
} catch {
  // esbuild has printed the errors.
  process.exitCode = 1;
}
