import { constants } from 'node:os';
import { ExitCode } from './index';

describe('the exit codes', () => {
  it('report an interruption as shells do: 128 and the number of the signal', () => {
    expect(ExitCode.interrupted).toBe(128 + constants.signals.SIGINT);
  });

  it('are numbers that scripts rely on; a release adds 10 to 13', () => {
    expect(Object.values(ExitCode)).toEqual([0, 1, 2, 3, 70, 130]);
  });
});
