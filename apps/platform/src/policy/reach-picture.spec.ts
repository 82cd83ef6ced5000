import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { modelOf, reachPicture } from '@nightshift/policy';
import { testEnvironment } from '@nightshift/testing';
import { root } from '../committed-environments.fixture';
import { synthesizedStacks } from '../synthesize';

it('R1.3 who reaches whom, as docs/policy.md shows it, is what is computed of the stacks', () => {
  const environment = testEnvironment();
  const drawn = reachPicture(modelOf({ stacks: synthesizedStacks(environment), environment }));
  const [, shown] = /```mermaid\n([^]*?)\n```/.exec(readFileSync(join(root, 'docs/policy.md'), 'utf8')) ?? [];
  expect(shown).toBe(drawn);
});
