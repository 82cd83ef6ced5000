import { constants } from 'node:os';
import { ExitCode } from './index';

describe('the exit codes', () => {
  it('are 128 plus the signal number after an interruption', () => {
    expect(ExitCode.interrupted).toBe(128 + constants.signals.SIGINT);
  });

  it('do not change, since scripts rely on them; a release has 10 to 13', () => {
    expect(Object.values(ExitCode)).toEqual([0, 1, 2, 3, 70, 130]);
  });
});
