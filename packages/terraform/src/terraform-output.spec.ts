import { jsonInOutput, plainText } from './terraform-output';

describe('plainText', () => {
  it('has no escape codes and no control characters, and keeps lines and tabs', () => {
    expect(plainText('\u001b[31mred\u001b[0m\u0007\r\n\tü \u001b]8;;http://x\u0007link\u001b]8;;\u0007')).toBe(
      'red\n\tü link',
    );
  });
});

describe('jsonInOutput', () => {
  it.each<[string, string[], unknown]>([
    ['one line', ['{"a":1}'], { a: 1 }],
    ['several lines', ['{', '  "a": {', '  }', '}'], { a: {} }],
    ['an empty object', ['{}'], {}],
    [
      'lines of hashicorp/setup-terraform around it',
      [
        '[command]/opt/terraform-bin output -json',
        '{',
        '  "a": 1',
        '}',
        '',
        '::debug::Terraform exited with code 0.',
        '::set-output name=stdout::{%0A}',
      ],
      { a: 1 },
    ],
    ['a banner with a bracket before it', ['{ Company }', '{welcome}', '{"a":1}', 'bye'], { a: 1 }],
    ['colours around it', ['\u001b[1m{"a":1}\u001b[0m '], { a: 1 }],
  ])('finds %s', (_title, lines, value) => {
    expect(jsonInOutput(lines)).toEqual(value);
  });

  it.each<[string, string[]]>([
    ['nothing', []],
    ['text', ['Terraform v1.11.4']],
    ['half of it', ['{', '  "a": 1']],
  ])('finds none in %s', (_title, lines) => {
    expect(jsonInOutput(lines)).toBeUndefined();
  });
});
