import { createColors } from 'picocolors';
import { warnOn } from './terminal';
import { FakeTerminal } from './testing/fake-terminal';

describe('warnOn', () => {
  it('prints a line that begins with `warning`, in yellow where there are colours', () => {
    const terminal = new FakeTerminal();
    warnOn(terminal.stderr)('the disk is full');
    terminal.colours = createColors(true);
    warnOn(terminal.stderr)('again');
    expect(terminal.printed).toEqual({
      stdout: '',
      stderr: 'warning the disk is full\n\u001B[33mwarning\u001B[39m again\n',
    });
  });
});
