import { join } from 'node:path';
import { readRunFile } from './run-file';
import { inWorkspace } from './testing/temporary-workspace';

const file = {
  runId: '42',
  verb: 'deploy',
  status: 'succeeded',
  add: 1,
  change: 0,
  remove: 0,
  seconds: 1,
  problems: [],
};
const read = (ask: { runId: string; verb: string }) =>
  inWorkspace({ 'run.json': file }, (root) => readRunFile(join(root, 'run.json'), ask));

describe('the record of a run', () => {
  it('is read', async () => {
    expect(await read({ runId: '42', verb: 'deploy' })).toEqual(file);
  });

  it('does not count when it is of another run or verb', async () => {
    expect(await read({ runId: '41', verb: 'deploy' })).toBeUndefined();
    expect(await read({ runId: '42', verb: 'plan' })).toBeUndefined();
  });

  it('may be missing', () => {
    expect(readRunFile('/nowhere/run.json', { runId: '42', verb: 'deploy' })).toBeUndefined();
  });
});
