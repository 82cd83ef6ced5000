import { writeFileSync } from 'node:fs';
import { stackLineSchema } from '../src/stack-line';

/** Writes the JSON schema of the lines of `nightshift deploy --json` where the first argument says. */
const [, , file] = process.argv;

writeFileSync(String(file), `${JSON.stringify(stackLineSchema(), null, 2)}\n`);
