import { createColors } from 'picocolors';
import { onDistinctSignal, warnOn } from './terminal';
import { FakeTerminal } from './testing/fake-terminal';

describe('warnOn', () => {
  it('prints a line that begins with `warning`, in yellow with colours', () => {
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

describe('onDistinctSignal', () => {
  it('merges signals within two seconds', () => {
    const terminal = new FakeTerminal();
    const seen: string[] = [];
    const stop = onDistinctSignal(terminal, (signal) => seen.push(signal));
    terminal.signal();
    terminal.advance(1999);
    terminal.signal();
    terminal.advance(1);
    terminal.signal('SIGTERM');
    expect(seen).toEqual(['SIGINT', 'SIGTERM']);
    stop();
    expect(terminal.listening).toBe(0);
  });
});
