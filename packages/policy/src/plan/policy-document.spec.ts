import type { Attributes } from '../model/value';
import { PARTLY_UNKNOWN } from '../model/policy-statements';
import { change, plannedResource } from './plan.fixture';
import { policyDocumentOf } from './policy-document';

const document = (attributes: Attributes, texts: Readonly<Record<string, string>> = {}) =>
  JSON.parse(policyDocumentOf(attributes, (value) => texts[String(value)])) as unknown;

describe('a policy document that Terraform reads during apply', () => {
  it('is computed from its blocks', () => {
    const condition = { test: 'StringEquals', values: ['1'] };
    const statement = {
      sid: 'A',
      effect: 'Deny',
      actions: ['s3:Get*'],
      resources: ['${aws_s3_bucket.B.arn}'],
      principals: [{ type: 'Service', identifiers: ['logs.amazonaws.com'] }],
      condition: [
        { ...condition, variable: 'aws:SourceAccount' },
        { ...condition, variable: 'aws:SourceArn' },
        { test: 'Bool', variable: 'aws:SecureTransport', values: ['false'] },
      ],
    };
    expect(document({ statement: [statement] })).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'A',
          Effect: 'Deny',
          Principal: { Service: ['logs.amazonaws.com'] },
          Action: ['s3:Get*'],
          Resource: ['${aws_s3_bucket.B.arn}'],
          Condition: {
            StringEquals: { 'aws:SourceAccount': ['1'], 'aws:SourceArn': ['1'] },
            Bool: { 'aws:SecureTransport': ['false'] },
          },
        },
      ],
    });
  });

  it('allows by default, and omits missing elements', () => {
    expect(
      document({ statement: [{ not_actions: ['a:b'], not_resources: ['r'], principals: [{ type: '*' }] }, {}] }),
    ).toEqual({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: '*', NotAction: ['a:b'], NotResource: ['r'], Condition: {} },
        { Effect: 'Allow', Condition: {} },
      ],
    });
  });

  it('merges other documents; a later statement replaces one with the same Sid', () => {
    const [first, second] = [
      { Sid: 'A', Effect: 'Deny' },
      { Sid: 'B', Effect: 'Allow' },
    ];
    const text = JSON.stringify({ Statement: [first, second] });
    const own = { sid: 'A', effect: 'Allow' };
    expect(document({ source_policy_documents: [text], statement: [own] })).toMatchObject({
      Statement: [second, { Sid: 'A', Effect: 'Allow' }],
    });
    expect(
      document({ override_policy_documents: '${data.x.y.json}', statement: [own] }, { '${data.x.y.json}': text }),
    ).toEqual({
      Version: '2012-10-17',
      Statement: [first, second],
    });
  });

  it('is partly unknown if another document in it is', () => {
    const partly = { Statement: [expect.objectContaining({ Effect: 'Allow' })], [PARTLY_UNKNOWN]: true };
    expect(document({ source_policy_documents: ['${x.y.json}'], statement: [{}] })).toMatchObject(partly);
    const source = JSON.stringify({ Statement: [], [PARTLY_UNKNOWN]: true });
    expect(document({ source_policy_documents: [source], statement: [{}] })).toMatchObject(partly);
  });

  it('replaces the references to it', () => {
    const policyOf = (after: Attributes) =>
      plannedResource(
        'aws_sqs_queue.Q',
        [change('data.aws_iam_policy_document.D', after), change('aws_sqs_queue.Q', {}, { policy: true })],
        {
          resources: [
            {
              address: 'aws_sqs_queue.Q',
              expressions: { policy: { references: ['data.aws_iam_policy_document.D.json'] } },
            },
          ],
        },
      ).attributes['policy'];
    expect(policyOf({ json: '{"Statement":[]}' })).toBe('{"Statement":[]}');
    expect(policyOf({ statement: [] })).toBe('{"Version":"2012-10-17","Statement":[]}');
    expect(policyOf({ source_policy_documents: ['{}'] })).toBe('{"Version":"2012-10-17","Statement":[]}');
  });
});
