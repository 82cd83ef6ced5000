#!/usr/bin/env node
import os from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadTypeScript, readableTrace } from './load-typescript.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
const argv = process.argv.slice(2);
const load = (entry, purpose) => loadTypeScript({ entry: join(root, entry), root, purpose });

try {
  os.homedir();
} catch {
  // The user of a container may have no home directory, which the AWS SDK and Terraform require.
  process.env.HOME = '/nonexistent';
}

try {
  const { main, processEffects } = await load('packages/cli/src/index.ts', argv[0] ?? 'help');
  // A separate bundle, so that help and doctor work even if the stacks do not compile.
  const loadPlatform = () => load('apps/platform/src/index.ts', 'stacks');
  await main(argv, processEffects(process, { readableTrace, loadPlatform }));
} catch (error) {
  if (!error.problems) throw error;
  for (const { where, what, todo } of error.problems) console.error(`error ${where}: ${what} - ${todo}`);
  process.exitCode = 1;
}
