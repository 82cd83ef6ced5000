import { describeProblem } from '@nightshift/errors';
import { parseYaml } from './parse-yaml';

const parse = (text: string) => {
  const { problems, ...rest } = parseYaml(text, 'dev.yaml');
  const { readable, value } = { value: undefined, ...rest };
  return { readable, ...(readable && { value }), problems: problems.map(describeProblem) };
};

describe('parseYaml', () => {
  it('reads plain data', () => {
    expect(parse('a: [1, x, true]\n"b":\n  - c: 0x10\n')).toEqual({
      readable: true,
      value: { a: [1, 'x', true], b: [{ c: 16 }] },
      problems: [],
    });
  });

  it.each([
    ['nothing', '', null],
    ['comments', '# nothing yet\n', null],
    ['a list', '- a\n', ['a']],
    ['yes as text', 'yes', 'yes'],
    ['a byte order mark', '\uFEFFa: 1\n', { a: 1 }],
    ['line ends of Windows', 'a: 1\r\nb: 2\r\n', { a: 1, b: 2 }],
    ['tabs inside of quotes and block text', 'a: "x\ty"\nb: |\n  \tx\n  y\tz\n', { a: 'x\ty', b: '\tx\ny\tz\n' }],
  ])('reads %s', (_, text, value) => expect(parse(text)).toEqual({ readable: true, value, problems: [] }));

  it.each([
    ['a tab as indentation', 'task:\n\tcpu: 256\n', 'dev.yaml:2:1: is a tab - use spaces'],
    ['a tab after spaces', 'task:\n  cpu: 256\n  \tmemoryMiB: 512\n', 'dev.yaml:3:3: is a tab - use spaces'],
    ['a tab before a value', 'cloud:\taws\n', 'dev.yaml:1:7: is a tab - use spaces'],
    ['a tab before a comment', 'cloud: aws\t# AWS\n', 'dev.yaml:1:11: is a tab - use spaces'],
    [
      'a list without end',
      'a: [1, 2\nb: 3\n',
      'dev.yaml:2:1: is not YAML (Flow sequence in block collection must be sufficiently indented and end with a ]) - correct this line, or the one before it',
    ],
    [
      'quotes without end',
      'a: "x\n',
      'dev.yaml:2:1: is not YAML (Missing closing "quote) - correct this line, or the one before it',
    ],
    [
      'two keys on a line',
      'a: b: c\n',
      'dev.yaml:1:4: is not YAML (Nested mappings are not allowed in compact mappings) - correct this line, or the one before it',
    ],
    [
      'a key that is a list',
      '? [x]\n: 1\n',
      'dev.yaml:1:3: is not YAML (All keys must be strings) - correct this line, or the one before it',
    ],
    [
      'a type of its own',
      'a: !!ref x\n',
      'dev.yaml:1:4: is not YAML (Unresolved tag: tag:yaml.org,2002:ref) - correct this line, or the one before it',
    ],
    ['a second document', 'a: 1\n---\nb: 2\n', 'dev.yaml:2:1: starts a second document - use one file per environment'],
    ['an alias', 'a: &x 1\nb: *x\n', 'dev.yaml:2:4: is an alias, got *x - write the value itself'],
    ['an alias of nothing', 'b: *nothing\n', 'dev.yaml:1:4: is an alias, got *nothing - write the value itself'],
    [
      'a key of JavaScript',
      'a:\n  __proto__: 1\n',
      'dev.yaml:2:3: is not a usable key, got __proto__ - choose another',
    ],
  ])('refuses %s', (_, text, problem) => expect(parse(text)).toEqual({ readable: false, problems: [problem] }));

  it('refuses a duplicate key, and reads the rest', () => {
    expect(parse('task:\n  cpu: 256\n  cpu: 512\ncloud: aws\n')).toEqual({
      readable: true,
      value: { task: { cpu: 512 }, cloud: 'aws' },
      problems: ['dev.yaml:3:3: is a duplicate key, got cpu - keep one of the two'],
    });
  });

  it('reports all problems at once, without the consequences of a tab', () => {
    expect(parse('a: *x\nb: *y\na: 1\n').problems).toEqual([
      'dev.yaml:1:4: is an alias, got *x - write the value itself',
      'dev.yaml:2:4: is an alias, got *y - write the value itself',
      'dev.yaml:3:1: is a duplicate key, got a - keep one of the two',
    ]);
    expect(parse('a:\n\tb: [\n\tc: 1\n').problems).toEqual([
      'dev.yaml:2:1: is a tab - use spaces',
      'dev.yaml:3:1: is a tab - use spaces',
    ]);
  });

  it('returns the position of each value', () => {
    const yaml = parseYaml("a: [0x10, '1024']\nb: { c: 1e3 }\nd: |\n  text\ne: >-\n  x\nf: 'x\n  y'\ng:\n", 'dev.yaml');
    const written = yaml.readable ? yaml.written : () => 'not readable';
    const paths = [['a', 0], ['a', 1], ['b', 'c'], ['a'], ['d'], ['e'], ['f'], ['g'], ['nothing']];
    expect(paths.map(written)).toEqual([
      '0x10',
      "'1024'",
      '1e3',
      undefined,
      undefined,
      undefined,
      undefined,
      '',
      undefined,
    ]);
  });
});
