/** Writes src/aws/taggable-types.json: the resource types whose class in the AWS provider has tags. Run after a provider update. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const library = dirname(dirname(createRequire(import.meta.url).resolve('@cdktf/provider-aws/lib/vpc')));
const types = readdirSync(library)
  .filter((name) => !name.startsWith('data-') && !name.includes('.'))
  .map((name) => readFileSync(join(library, name, 'index.d.ts'), 'utf8'))
  .filter((declarations) => declarations.includes('get tagsAllInput()'))
  .map((declarations) => /tfResourceType = "(\w+)"/.exec(declarations)?.[1])
  .sort();
writeFileSync(join(import.meta.dirname, '../src/aws/taggable-types.json'), `${JSON.stringify(types, null, 2)}\n`);
