import { hclIn } from './hcl';

const value = (expression: string) => hclIn(`a = ${expression}\n`).attributes['a'];

describe('a Terraform file', () => {
  it('has blocks with labels, attributes and comments', () => {
    const text = `
# resources
resource "aws_iam_role" "jobs" { // the role
  name = "jobs" /* its name */
  inline_policy {
    name = "own"
  }
  inline_policy {}
}
locals { x = 1 }
`;
    expect(hclIn(text)).toEqual({
      attributes: {},
      blocks: {
        resource: [
          {
            labels: ['aws_iam_role', 'jobs'],
            attributes: { name: 'jobs' },
            blocks: {
              inline_policy: [
                { labels: [], attributes: { name: 'own' }, blocks: {} },
                { labels: [], attributes: {}, blocks: {} },
              ],
            },
          },
        ],
        locals: [{ labels: [], attributes: { x: 1 }, blocks: {} }],
      },
    });
    expect(hclIn('moved from {}').blocks['moved']).toEqual([{ labels: ['from'], attributes: {}, blocks: {} }]);
  });

  it.each([
    ['true', true],
    ['null', null],
    ['-1.5e3', -1500],
    ['"a\\"b\\n\\t"', 'a"b\n\t'],
    ['"arn:${aws_s3_bucket.b["x"].arn}/*"', 'arn:${aws_s3_bucket.b["x"].arn}/*'],
    ['"$${aws:userid}"', '$${aws:userid}'],
    ['[1, "b",\n  # more\n  [true],\n]', [1, 'b', [true]]],
    ['{ a = 1, "b" : 2\n c = { d = [] } }', { a: 1, b: 2, c: { d: [] } }],
    [
      'jsonencode({ Statement = [{ Action = "*", Resource = aws_s3_bucket.b.arn }] })',
      '{"Statement":[{"Action":"*","Resource":"${aws_s3_bucket.b.arn}"}]}',
    ],
    ['<<EOF\n{"a": "${b.c}"}\nEOF', '{"a": "${b.c}"}\n'],
    ['<<-EOF\n    {\n    }\n    EOF', '{\n}\n'],
  ])('reads %s', (expression, expected) => {
    expect(value(expression)).toEqual(expected);
  });

  it.each([
    'aws_vpc.main.id',
    'var.on ? "a" : "b"',
    '1 + 2',
    '"a" == var.b',
    '[for x in var.list : x]',
    '{ for k, v in var.map : k => v }',
    'jsonencode(local.policy)',
    'jsonencode([], 1)',
    'merge({ a = "}" }, var.tags)[0]',
    'cidrsubnet(\n  var.cidr,\n  8,\n  0\n)',
    'templatefile("x", { a = <<EOF\n}\nEOF\n})',
  ])('keeps %s as text', (expression) => {
    expect(value(expression)).toBe(`\${${expression}}`);
  });

  it.each(['a', 'a = "b', 'a = (', 'a { b = 1', 'a = <<EOF\nb', '}', 'a = { b }', '= 1'])('refuses %j', (text) => {
    expect(() => hclIn(text)).toThrow(SyntaxError);
  });
});
