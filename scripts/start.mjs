// `npm start` deploys an environment to the local cloud. It does the same as `npx nightshift start`, but also works in a fresh clone,
// before packages are installed.
import { ensureInstalled } from './ensure-installed.mjs';

ensureInstalled();
process.argv.splice(2, 0, 'start');
await import('../packages/cli/bin/nightshift.mjs');
