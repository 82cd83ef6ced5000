// Runs provider processes for the Terraform commands of one run: packages/terraform/src/provider-host/host.ts.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadTypeScript } from './load-typescript.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
const entry = join(root, 'packages/terraform/src/provider-host/host.ts');
const { runHostProcess } = await loadTypeScript({ entry, root, purpose: 'provider-host' });
await runHostProcess(process);
