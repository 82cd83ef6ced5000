import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fakeWorkspace } from '../testing/fake-workspace';
import { changedStacks } from './changed-stacks';

const directory = join(fakeWorkspace(), 'cdktf.out', 'dev', 'stacks');

function lastRun(stack: string, counts: object): void {
  writeFileSync(join(directory, stack, 'run.json'), JSON.stringify({ add: 0, change: 0, remove: 0, ...counts }));
}

describe('changedStacks', () => {
  it.each([{ add: 1 }, { change: 1 }, { remove: 1 }])(
    'names a stack whose last run did something: %j',
    async (counts) => {
      lastRun('network', counts);
      lastRun('compute', {});
      expect(await changedStacks(directory, ['network', 'compute'])).toEqual(['network']);
    },
  );

  it('passes over a stack that was never run here', async () => {
    expect(await changedStacks(directory, ['of-another-checkout'])).toEqual([]);
  });

  it('does not hide a record that is no record', async () => {
    writeFileSync(join(directory, 'network', 'run.json'), 'gibberish');
    await expect(changedStacks(directory, ['network'])).rejects.toThrow('not valid JSON');
  });
});
