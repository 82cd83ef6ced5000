// `npm run stop`: takes away what `npm start` made. The same as `npx nightshift stop`.
import { ensureInstalled } from './ensure-installed.mjs';

ensureInstalled();
process.argv.splice(2, 0, 'stop');
await import('../packages/cli/bin/nightshift.mjs');
