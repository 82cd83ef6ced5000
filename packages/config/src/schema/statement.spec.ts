import { problemsOf } from '../problems-of.fixture';
import { unscopedActions } from './unscoped-actions';

const BUCKET = 'arn:aws:s3:::risk-results/*';
const statement = ({ sid = 'Results', actions = '["s3:GetObject"]', resources = `["${BUCKET}"]`, more = '' }) =>
  `{ sid: ${sid}, actions: ${actions}, resources: ${resources}${more} }`;
const problems = (...statements: string[]) => problemsOf(`task: { statements: [${statements.join(', ')}] }`);

describe('statements of the task role (R9.2)', () => {
  it.each([
    ['an action on an ARN', {}],
    ['a prefix of actions', { actions: '["s3:Get*", "s3:ListBucketV2"]' }],
    ['an ARN with account and wildcards', { resources: '["arn:aws:sqs:*:123456789012:risk-*"]' }],
    ['every resource where AWS cannot scope', { actions: '["cloudwatch:PutMetricData"]', resources: '["*"]' }],
    [
      'conditions',
      {
        more: ', conditions: { StringEquals: { "aws:PrincipalTag/team": risk }, "ForAllValues:StringLikeIfExists": { k: [a, b] }, Null: { k: "true" } }',
      },
    ],
  ])('accept %s', (_, parts) => expect(problems(statement(parts))).toEqual([]));

  it.each([
    [
      'every action of every service',
      { actions: '["*"]' },
      'actions[0]: is not an action, got "*" - use service:Action or service:Prefix*, not only *',
    ],
    [
      'every action',
      { actions: '["s3:*"]' },
      'actions[0]: is not an action, got "s3:*" - use service:Action or service:Prefix*, not only *',
    ],
    [
      'no action',
      { actions: '[]' },
      'actions: has no action, got an empty list - write at least one, or remove the statement',
    ],
    [
      'an action twice',
      { actions: '["s3:GetObject", "s3:GetObject"]' },
      'actions[1]: is the same as item 1 of the list, got "s3:GetObject" - remove one of the two',
    ],
    [
      'every resource where AWS can scope',
      { actions: '["cloudwatch:PutMetricData", "s3:GetObject"]', resources: '["*"]' },
      'resources[0]: is every resource, but s3:GetObject supports resource-level permissions, got "*" - use ARNs',
    ],
    [
      'every resource of a service',
      { resources: '["arn:aws:s3:::*"]' },
      'resources[0]: does not identify a resource, got "arn:aws:s3:::*" - use the ARN of a resource',
    ],
    [
      'a name that is no ARN',
      { resources: '["risk-results"]' },
      'resources[0]: does not identify a resource, got "risk-results" - use the ARN of a resource',
    ],
    [
      'no resource',
      { resources: '[]' },
      'resources: has no resource, got an empty list - write at least one ARN, or remove the statement',
    ],
    [
      'an id with other characters',
      { sid: 'read-results' },
      'sid: is not a statement id, got "read-results" - use letters and digits',
    ],
    [
      'a condition operator that IAM does not have',
      { more: ', conditions: { StringEqual: { k: v } }' },
      'conditions.StringEqual: is not a condition operator of IAM - write one such as StringEquals, ArnLike or Bool',
    ],
    [
      'a condition value that is no text',
      { more: ', conditions: { Bool: { "aws:SecureTransport": true } }' },
      'conditions.Bool.aws:SecureTransport: is neither text nor a list of texts, got true - write it in quotes',
    ],
  ])('refuse %s', (_, parts, problem) =>
    expect(problems(statement(parts))).toEqual([`dev.yaml: task.statements[0].${problem}`]),
  );

  it('refuse duplicate ids', () => {
    expect(problems(statement({}), statement({ actions: '["s3:PutObject"]' }))).toEqual([
      'dev.yaml: task.statements[1]: has the sid of item 1 of the list, got a map - remove one of the two',
    ]);
  });

  it('list each action without resource-level permissions once, by its full name', () => {
    expect(new Set(unscopedActions).size).toBe(unscopedActions.length);
    for (const action of unscopedActions) expect(action).toMatch(/^[a-z0-9]+:[A-Z][A-Za-z0-9]+$/);
  });
});
