// `npm run stop` removes everything that `npm start` created. It does the same as `npx nightshift stop`.
import { ensureInstalled } from './ensure-installed.mjs';

ensureInstalled();
process.argv.splice(2, 0, 'stop');
await import('../packages/cli/bin/nightshift.mjs');
