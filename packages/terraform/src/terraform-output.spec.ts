import { jsonInOutput, JsonReader, plainText } from './terraform-output';

describe('plainText', () => {
  it('removes escape codes and control characters, and keeps lines and tabs', () => {
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
  ])('finds nothing in %s', (_title, lines) => {
    expect(jsonInOutput(lines)).toBeUndefined();
  });
});

describe('JsonReader', () => {
  it.each(['', 'text', '[1]', '"a"', '{"a":', 'null'])('does not treat %p as an object', (text) => {
    expect(JsonReader.parse(text)).toBeUndefined();
  });

  it('reads fields of the requested type', () => {
    const json = JsonReader.parse('{"t":"x","n":2,"f":true,"o":{"t":"y"},"l":[{"t":"z"},1],"v":[1]}');
    expect(json?.text('t')).toBe('x');
    expect(json?.number('n')).toBe(2);
    expect(json?.flag('f')).toBe(true);
    expect(json?.object('o')?.text('t')).toBe('y');
    expect(json?.objects('l').map((item) => item.text('t'))).toEqual(['z']);
    expect(json?.value('v')).toEqual([1]);
    expect(json?.names()).toEqual(['t', 'n', 'f', 'o', 'l', 'v']);
  });

  it('ignores a missing field and one of another type', () => {
    const json = JsonReader.parse('{"a":[],"b":null}');
    expect(json?.text('a')).toBeUndefined();
    expect(json?.number('a')).toBe(0);
    expect(json?.flag('a')).toBe(false);
    expect(json?.object('a')).toBeUndefined();
    expect(json?.object('b')).toBeUndefined();
    expect(json?.objects('b')).toEqual([]);
    expect(json?.text('constructor')).toBeUndefined();
  });
});
