import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Lines that Terraform 1.11.4 wrote; times, ids and users are replaced. */
export function recordedOutput(name: string): readonly string[] {
  return readFileSync(join(__dirname, '..', '..', 'fixtures', `${name}.jsonl`), 'utf8')
    .trimEnd()
    .split('\n');
}
