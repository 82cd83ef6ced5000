import { randomUUID } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isFirstToSay } from './first-to-say';

describe('isFirstToSay', () => {
  let runId: string;
  beforeEach(() => {
    runId = randomUUID();
  });
  afterEach(() => {
    rmSync(join(tmpdir(), `nightshift-notices-${runId}`), { recursive: true, force: true });
  });

  it('is true for one process of an Nx run', () => {
    expect([isFirstToSay('a', runId), isFirstToSay('a', runId), isFirstToSay('b', runId)]).toEqual([true, false, true]);
    expect(isFirstToSay('a', `${runId}-other`)).toBe(true);
    rmSync(join(tmpdir(), `nightshift-notices-${runId}-other`), { recursive: true });
  });

  it.each([undefined, ''])('is true without Nx (%p)', (none) => {
    expect([isFirstToSay('a', none), isFirstToSay('a', none)]).toEqual([true, true]);
  });

  it('is true where nothing can be written', () => {
    writeFileSync(join(tmpdir(), `nightshift-notices-${runId}`), '');
    expect(isFirstToSay('a', `${runId}/below`)).toBe(true);
  });
});
