// `npm start`: from a clone to a deployed environment on the local cloud. The same as `npx nightshift start`, but works
// before anything is installed.
import { ensureInstalled } from './ensure-installed.mjs';

ensureInstalled();
process.argv.splice(2, 0, 'start');
await import('../packages/cli/bin/nightshift.mjs');
