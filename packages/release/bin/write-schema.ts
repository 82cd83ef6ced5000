import { writeFileSync } from 'node:fs';
import { releaseLineSchema } from '../src/release-line';

/** Writes the JSON schema of the lines of `nightshift release --json` where the first argument says. */
const [, , file] = process.argv;
writeFileSync(String(file), `${JSON.stringify(releaseLineSchema(), null, 2)}\n`);
