import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Output of Terraform 1.11.4, with replaced times, ids and users. */
export function recordedOutput(name: string): readonly string[] {
  return readFileSync(join(__dirname, '..', '..', 'fixtures', `${name}.jsonl`), 'utf8')
    .trimEnd()
    .split('\n');
}
