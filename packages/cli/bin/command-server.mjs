// Runs the commands of one Nx run in one process: packages/cli/src/command-server.ts. Arguments: socket, process of Nx, verb.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadTypeScript, readableTrace } from './load-typescript.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
const [socket, owner, verb] = process.argv.slice(2);
const load = (entry, purpose) => loadTypeScript({ entry: join(root, entry), root, purpose });

const { main, processEffects, serveCommands } = await load('packages/cli/src/index.ts', `nx-${verb}`);
const loadPlatform = () => load('apps/platform/src/index.ts', 'stacks');
const reports = new Map();
await serveCommands(
  { socket, owner: Number(owner) },
  { process, main, effectsOf: (command) => processEffects(command, { readableTrace, loadPlatform, reports }) },
);
// Connections to the provider host are open.
process.exit();
