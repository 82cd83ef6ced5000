#!/usr/bin/env node
import { createRequire } from 'node:module';
import { register as registerRequire } from 'tsx/cjs/api';
import { register as registerImport } from 'tsx/esm/api';

registerRequire();
registerImport();
const require = createRequire(import.meta.url);
const { main } = require('../src/main.ts');
const { processEffects } = require('../src/process-effects.ts');
await main(process.argv.slice(2), processEffects(process));
