import { createColors } from 'picocolors';
import { checklistLine, codeSpan, fencedBlock, jsonResult, plainText } from './output-text';

describe('checklistLine', () => {
  const plain = createColors(false);

  it('is one line for what was found', () => {
    expect(checklistLine({ mark: 'OK', title: 'versioning', detail: 'already so' }, plain)).toBe(
      '  [OK] versioning: already so\n',
    );
  });

  it('puts the remedy below', () => {
    const item = { mark: 'FAIL', title: 'Python', detail: 'is missing', remedy: 'install it' } as const;
    expect(checklistLine(item, plain)).toBe('  [FAIL] Python: is missing\n       -> install it\n');
  });

  it('is green, red or yellow on a terminal', () => {
    const colours = createColors(true);
    const marks = (['OK', 'FAIL', 'SKIP'] as const).map((mark) =>
      checklistLine({ mark, title: 'a', detail: 'b' }, colours),
    );
    expect(marks).toEqual([
      '  \u001b[32m[OK]\u001b[39m a: b\n',
      '  \u001b[31m[FAIL]\u001b[39m a: b\n',
      '  \u001b[33m[SKIP]\u001b[39m a: b\n',
    ]);
  });
});

describe('fencedBlock', () => {
  it('shows text as it stands', () => {
    expect(fencedBlock(['one', '  two'])).toBe('```text\none\n  two\n```');
  });

  it('is longer than any run of backticks in the text, so that no value can end it', () => {
    expect(fencedBlock(['a ```` b'])).toBe('`````text\na ```` b\n`````');
  });
});

describe('codeSpan', () => {
  it.each([
    ['a | <b>', '`a | <b>`'],
    ['say `x`', '`` say `x` ``'],
    ['two\nlines', '`two lines`'],
  ])('shows %j as it stands', (text, span) => {
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
  ])('makes words of %j', (text, words) => {
    expect(plainText(text)).toBe(words);
  });
});

describe('jsonResult', () => {
  const environment = { name: 'preview', suffix: 'pr-1' };

  it('is one line in the form that all verbs share', () => {
    expect(jsonResult({ verb: 'doctor', environment, exitCode: 0, checks: [] })).toBe(
      '{"type":"result","verb":"doctor","environment":"preview","suffix":"pr-1","status":"succeeded","checks":[],"exitCode":0}\n',
    );
  });

  it.each([
    [1, 'failed'],
    [2, 'succeeded'],
  ])('says that an exit code of %i has %s', (exitCode, status) => {
    expect(JSON.parse(jsonResult({ verb: 'bootstrap', environment, exitCode }))).toMatchObject({ status, exitCode });
  });
});
