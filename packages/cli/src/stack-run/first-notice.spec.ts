import { randomUUID } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isFirstNotice } from './first-notice';

describe('isFirstNotice', () => {
  let runId: string;
  beforeEach(() => {
    runId = randomUUID();
  });
  afterEach(() => {
    rmSync(join(tmpdir(), `nightshift-notices-${runId}`), { recursive: true, force: true });
  });

  it('is true for one process of an Nx run', () => {
    expect([isFirstNotice('a', runId), isFirstNotice('a', runId), isFirstNotice('b', runId)]).toEqual([
      true,
      false,
      true,
    ]);
    expect(isFirstNotice('a', `${runId}-other`)).toBe(true);
    rmSync(join(tmpdir(), `nightshift-notices-${runId}-other`), { recursive: true });
  });

  it.each([undefined, ''])('is true without Nx (%p)', (none) => {
    expect([isFirstNotice('a', none), isFirstNotice('a', none)]).toEqual([true, true]);
  });

  it('is true where nothing can be written', () => {
    writeFileSync(join(tmpdir(), `nightshift-notices-${runId}`), '');
    expect(isFirstNotice('a', `${runId}/below`)).toBe(true);
  });
});
