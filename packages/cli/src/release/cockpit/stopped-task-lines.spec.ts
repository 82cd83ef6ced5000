import { createColors } from 'picocolors';
import { paint } from '../text/paint';
import { at } from '../testing/snapshot-fixture';
import { stoppedTaskLines } from './stopped-task-lines';

const task = {
  id: '3f2a1b00cafe',
  version: '9a01b7c',
  stoppedAt: at(4),
  reason: 'OutOfMemoryError: Container killed due to memory usage',
  exitCode: 137,
  logLines: ['one', 'two', '\u001B[31mthree'],
};
const lines = (logLines: number) =>
  stoppedTaskLines(task, logLines).map((line) => paint(line, 120, createColors(false)));

describe('a stopped task', () => {
  it('says when, which version, why, and what it wrote last', () => {
    expect(lines(2)).toEqual([
      '02:04:00 task 3f2a1b00 of 9a01b7c stopped, exit code 137: OutOfMemoryError: Container killed due to memory usage',
      '  | two',
      '  | three',
    ]);
  });

  it('needs neither log nor exit code', () => {
    const { id, version, stoppedAt, logLines } = task;
    const killed = { id, version, stoppedAt, logLines, reason: 'Your Spot Task was interrupted.' };
    expect(stoppedTaskLines(killed, 0).map((line) => paint(line, 120, createColors(false)))).toEqual([
      '02:04:00 task 3f2a1b00 of 9a01b7c stopped: Your Spot Task was interrupted.',
    ]);
  });
});
