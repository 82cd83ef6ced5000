import type { Attributes } from '../model/value';
import { modelOfPlan } from './model-of-plan';
import { change } from './plan.fixture';
import type { Expressions } from './plan-json';
import type { SourceFile } from './source';

const file = (text: string, name = 'main.tf'): SourceFile => ({ name, text });
const BUCKET = { references: ['aws_s3_bucket.b.arn', 'aws_s3_bucket.b'] };

/** The attributes of a policy that is computed from a bucket, with these files. */
function attributesOf(
  files: readonly SourceFile[],
  {
    address = 'aws_iam_policy.p',
    after = {} as Attributes,
    unknown = { policy: true } as Attributes,
    expressions = { policy: BUCKET } as Expressions,
  } = {},
): Attributes | undefined {
  const plan = {
    planned_values: {},
    configuration: { root_module: { resources: [{ address: 'aws_iam_policy.p', expressions }] } },
    resource_changes: [change('aws_s3_bucket.b', {}, { arn: true }), change(address, after, unknown)],
  };
  return modelOfPlan({ plan, name: 'plan', sources: files }).managed.find((one) => one.address === address)?.attributes;
}

const policy = 'policy = jsonencode({ Statement = [{ Action = "*", Resource = aws_s3_bucket.b.arn }] })';
const known = '{"Statement":[{"Action":"*","Resource":"${aws_s3_bucket.b.arn}"}]}';
const unknown = '${aws_s3_bucket.b.arn}';

describe('the configuration of a plan', () => {
  it('supplies the known parts of a text', () => {
    expect(attributesOf([file(`resource "aws_iam_policy" "p" { ${policy} }`)])?.['policy']).toBe(known);
    const json = JSON.stringify({ resource: { aws_iam_policy: { p: { policy: known, tags: {} }, q: 1 } } });
    expect(attributesOf([file(json, 'cdk.tf.json')])?.['policy']).toBe(known);
  });

  it.each([
    ['there is none', []],
    ['it has no resources', [file('locals {}')]],
    ['it cannot be read', [file('resource "aws_iam_policy" {')]],
    ['it is of another plan', [file('resource "aws_iam_policy" "p" { policy = jsonencode({ Statement = [] }) }')]],
    ['it has another resource', [file(`resource "aws_iam_policy" "q" { ${policy} }`)]],
    ['it has a reference only', [file('resource "aws_iam_policy" "p" { policy = aws_s3_bucket.b.arn }')]],
    ['it is no JSON', [file('{', 'cdk.tf.json')]],
    [
      'it is JSON of something else',
      [file('[]', 'cdk.tf.json'), file('{"resource":{"aws_iam_policy":{"p":1}}}', 'a.tf.json')],
    ],
  ])('supplies nothing if %s', (_, files) => {
    expect(attributesOf(files)?.['policy']).toBe(unknown);
  });

  it('does not change values that the plan knows, or that it does not have', () => {
    const files = [file(`resource "aws_iam_policy" "p" {\n${policy}\nmore = jsonencode([])\n}`)];
    const attributes = attributesOf(files, { after: { policy: '{}' }, unknown: {} });
    expect(attributes).toEqual({ policy: '{}' });
  });

  it('supplies texts in blocks', () => {
    const files = [file(`resource "aws_iam_policy" "p" {\ninline_policy {\n${policy}\n}\nother {}\n}`)];
    const blocks = (expression: Expressions[string]) =>
      attributesOf(files, {
        after: { inline_policy: [{ name: 'own' }, {}] },
        unknown: { inline_policy: [{ policy: true }] },
        expressions: { inline_policy: expression, other: {} },
      })?.['inline_policy'];
    expect(blocks([{ policy: BUCKET }])).toEqual([{ name: 'own', policy: known }, {}]);
    expect(blocks({ references: ['local.x'] })).toEqual([{ name: 'own', policy: '${unknown}' }, {}]);
  });

  it('supplies texts without references, and nothing for a resource without expressions', () => {
    const files = [file('resource "aws_iam_policy" "p" { policy = jsonencode({}) }')];
    const sources = (resource: object) =>
      modelOfPlan({
        plan: {
          planned_values: {},
          configuration: { root_module: { resources: [{ address: 'aws_iam_policy.p', ...resource }] } },
          resource_changes: [change('aws_iam_policy.p', { name: 'p' }, true)],
        },
        name: 'plan',
        sources: files,
      }).managed.map(({ attributes }) => attributes);
    expect(sources({})).toEqual([{ name: 'p' }]);
    expect(sources({ expressions: { policy: {} } })).toEqual([{ name: 'p' }]);
    expect(attributesOf(files, { expressions: { policy: {} } })).toEqual({ policy: '{}' });
  });

  it('throws a defect', () => {
    const broken = {
      name: 'main.tf',
      get text(): string {
        throw new RangeError('defect');
      },
    };
    expect(() => attributesOf([broken])).toThrow(RangeError);
  });
});
