import { findingsIn, modelWith } from '../model.fixture';
import type { Attributes } from '../model/value';
import { iamConditionsMatchActions } from './iam-conditions-match-actions';

const policy = (statement: Attributes) =>
  findingsIn(
    iamConditionsMatchActions,
    modelWith({
      aws_s3_bucket_policy: { P: { policy: JSON.stringify({ Statement: { Effect: 'Deny', ...statement } }) } },
    }),
  );

describe('iam-conditions-match-actions (R9.3)', () => {
  it('refuses a key that an action does not support', () => {
    const Condition = { StringEquals: { 's3:prefix': 'results/' } };
    expect(policy({ Sid: 'Own', Action: ['s3:ListBucket', 's3:GetObject'], Condition })).toEqual([
      'aws_s3_bucket_policy.P: Own: s3:prefix, which s3:GetObject does not support - correct the key, or move s3:GetObject to a statement without it',
    ]);
  });

  it('refuses an unknown global key, and a tag key for an action without tags', () => {
    const fix = 'correct the key: AWS has no such one for this action';
    expect(policy({ Action: 's3:GetObject', Condition: { StringEquals: { 'aws:SourceAcount': '1' } } })).toEqual([
      `aws_s3_bucket_policy.P: aws:SourceAcount, which s3:GetObject does not support - ${fix}`,
    ]);
    expect(policy({ Action: 'ecr:BatchGetImage', Condition: { Null: { 'aws:RequestTag/team': 'true' } } })).toEqual([
      `aws_s3_bucket_policy.P: aws:RequestTag/team, which ecr:BatchGetImage does not support - ${fix}`,
    ]);
  });

  it('refuses an unknown operator', () => {
    expect(policy({ Action: 's3:*', Condition: { StringIs: { 'aws:PrincipalAccount': '1' } } })).toEqual([
      'aws_s3_bucket_policy.P: operator StringIs - use an operator of IAM, such as StringEquals',
    ]);
  });

  it('accepts global keys, keys of the action, of its resources, and of one action of a pattern', () => {
    for (const [Action, key] of [
      ['s3:GetObject', 'aws:SecureTransport'],
      ['s3:PutObject', 's3:x-amz-acl'],
      ['kms:Decrypt', 'kms:EncryptionContext:PARAMETER_ARN'],
      ['sqs:SendMessage', 'aws:ResourceTag/team'],
      ['s3:*', 's3:prefix'],
      ['s3:Nothing', 's3:whatever'],
    ] as const) {
      expect(policy({ Action, Condition: { 'ForAnyValue:StringLikeIfExists': { [key]: '*' } } })).toEqual([]);
    }
  });

  it("accepts AWS's own policy for CloudWatch Logs", () => {
    const Condition = { ArnEquals: { 'kms:EncryptionContext:aws:logs:arn': 'arn:x' } };
    expect(policy({ Action: ['kms:Encrypt*', 'kms:Describe*'], Condition })).toEqual([]);
    expect(policy({ Action: 'kms:DescribeKey', Condition })).toHaveLength(1);
  });

  it('accepts the claims of the identity provider in the trust policy, and of no other', () => {
    const trust = (key: string) =>
      policy({
        Action: 'sts:AssumeRoleWithWebIdentity',
        Principal: { Federated: 'arn:aws:iam::123456789012:oidc-provider/login.example.com/a' },
        Condition: { StringEquals: { [key]: 'x' } },
      });
    expect(trust('login.example.com/a:sub')).toEqual([]);
    expect(trust('login.example.com/b:sub')).toHaveLength(1);
  });

  it('does not apply to other resources', () => {
    expect(findingsIn(iamConditionsMatchActions, modelWith({ aws_vpc: { Vpc: {} } }))).toBe('not applicable');
  });
});
