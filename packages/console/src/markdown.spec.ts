import { codeSpan, fencedBlock, plainText } from './markdown';

describe('fencedBlock', () => {
  it('shows text unchanged', () => {
    expect(fencedBlock(['one', '  two'])).toBe('```text\none\n  two\n```');
  });

  it('uses more backticks than any run in the text, so that no value can end it', () => {
    expect(fencedBlock(['a ```` b'])).toBe('`````text\na ```` b\n`````');
  });
});

describe('codeSpan', () => {
  it.each([
    ['a | <b>', '`a | <b>`'],
    ['say `x`', '`` say `x` ``'],
    ['two\nlines', '`two lines`'],
  ])('shows %j unchanged', (text, span) => {
    expect(codeSpan(text)).toBe(span);
  });
});

describe('plainText', () => {
  it.each([
    ['a | b', 'a \\| b'],
    ['`x` *y* __z__ ~~w~~', '\\`x\\` \\*y\\* \\_\\_z\\_\\_ \\~\\~w\\~\\~'],
    ['[text](https://example.com) \\', '\\[text\\](https://example.com) \\\\'],
    ['<script>&lt;', '&lt;script>&amp;lt;'],
    ['one\r\n# two', 'one # two'],
    ['AWS_ENDPOINT_URL _x_', 'AWS_ENDPOINT_URL \\_x\\_'],
    ['ask @octocat', 'ask @&#8203;octocat'],
  ])('removes the markup of %j', (text, words) => {
    expect(plainText(text)).toBe(words);
  });
});
