import { writeFileSync } from 'node:fs';
import { environmentSchema } from '../src';

/** Writes the JSON schema of the environment files where the first argument says. */
const [, , file] = process.argv;
writeFileSync(String(file), `${JSON.stringify(environmentSchema(), null, 2)}\n`);
