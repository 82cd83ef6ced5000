import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cockpitPictures } from '../src/cockpit-pictures';

/** Writes the pictures of the cockpit to the directory in the first argument. */
const [, , directory] = process.argv;

for (const [name, picture] of Object.entries(cockpitPictures())) writeFileSync(join(String(directory), name), picture);
