import { findingsIn, modelWith, type Resources } from '../model.fixture';
import { Model } from '../model/model';
import type { Attributes } from '../model/value';
import { kmsKeyPolicy } from './kms-key-policy';

const account = {
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::123456789012:root' },
  Action: 'kms:*',
  Resource: '*',
};
const service = (name: string, rest: Attributes = {}) => ({
  Sid: name,
  Effect: 'Allow',
  Principal: { Service: `${name}.amazonaws.com` },
  Action: ['kms:Decrypt*', 'kms:GenerateDataKey*'],
  ...rest,
});
const logs = (group: string) =>
  service('logs.${data.aws_region.R.name}', {
    Action: ['kms:Encrypt*', 'kms:Decrypt*', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'],
    Condition: {
      ArnLike: { 'kms:EncryptionContext:aws:logs:arn': `arn:aws:logs:us-east-1:123456789012:log-group:${group}` },
      StringEquals: { 'aws:SourceAccount': '123456789012' },
    },
  });
const keyWith = (statements: readonly Attributes[], users: Resources = {}) =>
  findingsIn(
    kmsKeyPolicy,
    modelWith({
      aws_kms_key: { K: { enable_key_rotation: true, policy: JSON.stringify({ Statement: [...statements] }) } },
      ...users,
    }),
  );
const group = { aws_cloudwatch_log_group: { G: { name: 'group-a', kms_key_id: '${aws_kms_key.K.arn}' } } };
const topic = {
  aws_sns_topic: { T: { kms_master_key_id: '${aws_kms_key.K.arn}' } },
  aws_cloudwatch_metric_alarm: { A: { alarm_actions: ['${aws_sns_topic.T.arn}'] } },
  aws_cloudwatch_event_target: { E: { arn: '${aws_sns_topic.T.arn}' } },
};

describe('kms-key-policy (R8.2, R12.4)', () => {
  it('refuses keys without rotation or without their own policy', () => {
    expect(findingsIn(kmsKeyPolicy, modelWith({ aws_kms_key: { K: {} } }))).toEqual([
      'aws_kms_key.K: enable_key_rotation none - set it to true',
      'aws_kms_key.K: no policy - set the policy in the key: a separate aws_kms_key_policy may be applied too late',
    ]);
  });

  it('refuses a policy without the account or a service that uses the key', () => {
    expect(keyWith([], topic)).toEqual([
      'aws_kms_key.K: the account is not allowed - add a statement for it',
      'aws_kms_key.K: cloudwatch is not allowed - add a statement for it',
      'aws_kms_key.K: events is not allowed - add a statement for it',
    ]);
  });

  it('refuses a policy that allows a service only a part of the actions that it needs', () => {
    const half = service('cloudwatch', { Action: 'kms:Decrypt' });
    expect(keyWith([account, half, service('events')], topic)).toEqual([
      'aws_kms_key.K: cloudwatch without kms:GenerateDataKey - allow the actions to encrypt and decrypt',
    ]);
  });

  it('refuses services that do not use the key, and any principal', () => {
    const everyone = { Effect: 'Allow', Principal: '*', Action: 'kms:Decrypt' };
    expect(keyWith([account, service('sns'), everyone])).toEqual([
      'aws_kms_key.K: sns.amazonaws.com is allowed but does not use the key - allow only services that use the key',
      'aws_kms_key.K: * is allowed but does not use the key - allow only services that use the key',
    ]);
  });

  it('refuses a log group that the condition excludes', () => {
    expect(keyWith([account, logs('group-b')], group)).toEqual([
      'aws_kms_key.K: log group group-a is not allowed - add its ARN to the condition kms:EncryptionContext:aws:logs:arn',
    ]);
  });

  it('refuses a condition on EventBridge', () => {
    const conditioned = service('events', { Condition: { StringEquals: { 'aws:SourceAccount': '123456789012' } } });
    expect(keyWith([account, service('cloudwatch'), conditioned], topic)).toEqual([
      'aws_kms_key.K: events: a condition on EventBridge, which sends no source - remove the condition',
    ]);
  });

  it('accepts the users of the key, and Deny statements', () => {
    const denied = { Effect: 'Deny', Principal: '*', Action: 'kms:*' };
    const statements = [account, denied, logs('group-*'), service('cloudwatch'), service('events')];
    expect(keyWith(statements, { ...group, ...topic })).toEqual([]);
  });

  it('does not check a policy that is unknown until apply', () => {
    const model = modelWith({ aws_kms_key: { K: { enable_key_rotation: true, policy: '${data.x.y.json}' } } });
    expect(findingsIn(kmsKeyPolicy, model)).toEqual(['aws_kms_key.K: not checked: policy is unknown until apply']);
  });

  it('does not check a condition that is unknown until apply', () => {
    const unknown = service('logs.us-east-1', {
      Action: 'kms:*',
      Condition: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': '${data.aws_region.R.name}' } },
    });
    const model = modelWith({
      aws_kms_key: { K: { enable_key_rotation: true, policy: JSON.stringify({ Statement: [account, unknown] }) } },
      ...group,
    });
    expect(findingsIn(kmsKeyPolicy, model)).toHaveLength(1);
    expect(findingsIn(kmsKeyPolicy, new Model({ source: 'plan', stacks: model.stacks }))).toEqual([]);
  });

  it('does not check what a service encrypts in another configuration', () => {
    const { stacks } = modelWith({
      aws_kms_key: {
        K: { enable_key_rotation: true, policy: JSON.stringify({ Statement: [account, service('events')] }) },
      },
    });
    expect(findingsIn(kmsKeyPolicy, new Model({ source: 'plan', stacks }))).toEqual([
      'aws_kms_key.K: not checked: what events.amazonaws.com encrypts with the key refers to something outside of the plan',
    ]);
  });

  it('does not apply to other resources', () => {
    expect(findingsIn(kmsKeyPolicy, modelWith({ aws_vpc: { Vpc: {} } }))).toBe('not applicable');
  });
});
