// The Nx plugin, as a bundle: for a TypeScript file, Nx would load a transpiler at each start.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadTypeScript } from '../../cli/bin/load-typescript.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
const entry = join(root, 'packages', 'nx-stacks', 'src', 'index.ts');

export default await loadTypeScript({ entry, root, purpose: 'nx' });
