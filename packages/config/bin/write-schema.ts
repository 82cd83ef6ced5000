import { writeFileSync } from 'node:fs';
import { environmentSchema } from '../src';

/** Writes the JSON schema of the environment files to the path in the first argument. */
const [, , file] = process.argv;
writeFileSync(String(file), `${JSON.stringify(environmentSchema(), null, 2)}\n`);
