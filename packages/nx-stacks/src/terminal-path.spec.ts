import { terminalPath } from './terminal-path';

describe('terminalPath', () => {
  it('is what tty says', () => {
    expect(terminalPath('pwd')).toBe(process.cwd());
  });

  it('is a device', () => {
    expect(terminalPath() ?? '/dev/none').toMatch(/^\/dev\//);
  });

  it('is undefined where there is no terminal', () => {
    expect(terminalPath('no-such-program')).toBeUndefined();
  });
});
