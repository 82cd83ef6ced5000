import { temporaryDirectory } from '@nightshift/files/temporary-directory';
import type { ResourceEvent, TerraformAction } from '@nightshift/terraform';
import { countsLine, readLastRun, type RunFile, Tally, writeRunFile } from './run-file';

describe('the counts of a run', () => {
  const done = (action: TerraformAction, address: string, status: ResourceEvent['status'] = 'done') =>
    ({ type: 'resource', status, address, action, elapsedSeconds: 1 }) as const;

  it('count a replacement as added and as destroyed', () => {
    const tally = new Tally();
    for (const event of [
      { type: 'planned', address: 'a.replaced', action: 'replace' } as const,
      { type: 'planned', address: 'a.created', action: 'create' } as const,
      done('delete', 'a.replaced'),
      done('create', 'a.replaced'),
      done('create', 'a.created'),
      done('update', 'a.updated'),
      done('delete', 'a.deleted'),
      done('refresh', 'a.read'),
      done('create', 'a.failing', 'failed'),
      done('create', 'a.starting', 'start'),
      { type: 'phase', phase: 'apply' } as const,
    ]) {
      tally.read(event);
    }
    expect(tally.counts).toEqual({ add: 2, change: 1, remove: 2, replace: 1 });
  });

  it('lack the changes in progress at an interruption, which AWS may finish', () => {
    const tally = new Tally();
    tally.read(done('update', 'a.broken', 'failed'));
    expect(tally.unfinished).toBeUndefined();
    tally.read(done('update', 'a.finished'), true);
    tally.read(done('update', 'a.cancelled', 'failed'), true);
    expect(tally.counts).toMatchObject({ change: 1 });
    expect(tally.unfinished).toBe('1 more change was in progress, and AWS may have finished it');
    tally.read(done('create', 'a.other', 'failed'), true);
    expect(tally.unfinished).toBe('2 more changes were in progress, and AWS may have finished them');
  });

  it('are formatted as in Terraform', () => {
    const counts = { add: 2, change: 1, remove: 3, replace: 0 };
    expect(countsLine(counts, 'done')).toBe('2 added, 1 changed, 3 destroyed');
    expect(countsLine(counts, 'planned')).toBe('2 to add, 1 to change, 3 to destroy');
    expect(countsLine({ ...counts, replace: 1 }, 'done')).toBe('2 added, 1 changed, 3 destroyed (1 of them replaced)');
  });
});

describe('readLastRun', () => {
  const directory = temporaryDirectory();

  it('reads the record of the last run, and returns undefined without one', async () => {
    const absoluteDirectory = directory();
    expect(await readLastRun(absoluteDirectory)).toBeUndefined();
    const run = { verb: 'deploy', add: 1 } as RunFile;
    await writeRunFile({ absoluteDirectory }, 'run.json', run);
    expect(await readLastRun(absoluteDirectory)).toEqual(run);
  });
});
