import { oneLine } from './one-line';

describe('oneLine', () => {
  it.each([
    ['leaves text as it is', 'job 7 done', 'job 7 done'],
    ['takes colours out', '\u001B[31mfatal\u001B[0m: no memory', 'fatal: no memory'],
    ['takes titles out', '\u001B]0;mine\u0007a\u001B]8;;http://x\u001B\\b', 'ab'],
    ['takes movements out', 'a\u001B[2J\u001B[?25lb', 'ab'],
    ['makes one line of several', 'a\r\n\tb\u2028c\n', 'a b c'],
  ])('%s', (_, text, line) => {
    expect(oneLine(text)).toBe(line);
  });
});
