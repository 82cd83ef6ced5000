#!/usr/bin/env node
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadTypeScript } from './load-typescript.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const argv = process.argv.slice(2);
const { exports, readableTrace } = await loadTypeScript({
  entry: join(here, '..', 'src', 'index.ts'),
  root: join(here, '..', '..', '..'),
  purpose: argv[0] ?? 'help',
});
const { main, processEffects } = exports;
await main(argv, processEffects(process, readableTrace));
