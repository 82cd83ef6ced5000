import { Model } from '../model/model';
import { findingsIn, modelWith, type Resources } from '../model.fixture';
import type { PolicyStatement } from '../model/policy-statements';
import type { Attributes } from '../model/value';
import { tlsOnly, topicEncrypted } from './topic-encrypted';

const tls = {
  Effect: 'Deny',
  Principal: '*',
  Action: 'sns:Publish',
  Condition: { Bool: { 'aws:SecureTransport': false } },
};
const alarms = { Effect: 'Allow', Principal: { Service: 'cloudwatch.amazonaws.com' }, Action: 'sns:Publish' };
const KEY = '${aws_kms_key.K.arn}';
const checked = (statements: readonly Attributes[], kms_master_key_id: string | null = KEY, others: Resources = {}) =>
  findingsIn(
    topicEncrypted,
    modelWith({
      aws_kms_key: { K: { arn: 'arn:aws:kms:us-east-1:123456789012:key/1' } },
      aws_kms_alias: { Alias: {} },
      aws_sns_topic: { T: { kms_master_key_id } },
      aws_sns_topic_policy: {
        P: { arn: '${aws_sns_topic.T.arn}', policy: JSON.stringify({ Statement: [...statements] }) },
      },
      aws_cloudwatch_metric_alarm: { A: { alarm_actions: ['${aws_sns_topic.T.arn}'] } },
      ...others,
    }),
  );

describe('topic-encrypted (R12.4)', () => {
  it('refuses a topic without a key, and the AWS managed key', () => {
    expect(checked([tls, alarms], null)).toEqual([
      'aws_sns_topic.T: kms_master_key_id none - use a key of this environment',
    ]);
    expect(checked([tls, alarms], 'alias/aws/sns')).toEqual([
      'aws_sns_topic.T: kms_master_key_id alias/aws/sns - use a key of this environment',
    ]);
  });

  it('refuses messages without TLS and from any principal, and a policy without a publisher', () => {
    const everyone = { ...alarms, Sid: 'Open', Principal: { AWS: '*' } };
    expect(checked([everyone])).toEqual([
      'aws_sns_topic.T: Open: everyone can publish - list the publishers',
      'aws_sns_topic.T: messages without TLS - deny everyone sns:Publish where aws:SecureTransport is false',
      'aws_sns_topic.T: cloudwatch.amazonaws.com cannot publish - allow sns:Publish for it',
    ]);
  });

  it('refuses a topic without a policy', () => {
    expect(checked([], KEY, { aws_sns_topic_policy: {} })).toEqual([
      'aws_sns_topic.T: no policy - add one that names the publishers and requires TLS',
    ]);
  });

  it('accepts a customer managed key by reference, alias or ARN, and named publishers', () => {
    for (const key of [KEY, '${aws_kms_alias.Alias.arn}', 'arn:aws:kms:us-east-1:123456789012:key/1']) {
      expect(checked([tls, alarms], key)).toEqual([]);
    }
  });

  it('does not check a policy that is unknown until apply', () => {
    const policy = { P: { arn: '${aws_sns_topic.T.arn}', policy: '${data.x.y.json}' } };
    expect(checked([], KEY, { aws_sns_topic_policy: policy })).toEqual([
      'aws_sns_topic.T: not checked: the policy is unknown until apply',
    ]);
  });

  it('does not check a key of another configuration in a plan', () => {
    const planned = (kms_master_key_id: string) =>
      findingsIn(
        topicEncrypted,
        new Model({ source: 'plan', stacks: modelWith({ aws_sns_topic: { T: { kms_master_key_id } } }).stacks }),
      )[0];
    expect(planned('arn:aws:kms:us-east-1:123456789012:key/1')).toBe(
      'aws_sns_topic.T: not checked: kms_master_key_id refers to something outside of the plan',
    );
    expect(planned('alias/aws/sns')).toBe(
      'aws_sns_topic.T: kms_master_key_id alias/aws/sns - use a key of this environment',
    );
  });

  it('does not apply to other resources', () => {
    expect(findingsIn(topicEncrypted, modelWith({ aws_vpc: { Vpc: {} } }))).toBe('not applicable');
  });
});

const secure = { operator: 'Bool', key: 'aws:SecureTransport', values: ['false'] };
const statement = (changes: Partial<PolicyStatement> = {}): PolicyStatement => ({
  sid: '',
  effect: 'Deny',
  principals: [{ kind: '*', value: '*' }],
  actions: ['s3:*'],
  notActions: [],
  resources: ['*'],
  notResources: [],
  conditions: [secure],
  ...changes,
});

describe('requiresTls', () => {
  it('is true for a Deny statement for all principals without TLS', () => {
    expect(
      tlsOnly([statement(), statement({ principals: [{ kind: 'AWS', value: '*' }] })], 's3:GetObject'),
    ).toHaveLength(2);
  });

  it.each<[string, Partial<PolicyStatement>]>([
    ['allowed', { effect: 'Allow' }],
    ['for some', { principals: [{ kind: 'AWS', value: 'arn' }] }],
    ['for other actions', { actions: ['s3:Put*'] }],
    ['without condition', { conditions: [] }],
    ['under a further condition', { conditions: [secure, { ...secure, key: 'aws:ViaAWSService' }] }],
    ['with TLS', { conditions: [{ ...secure, values: ['true'] }] }],
    ['by another test', { conditions: [{ ...secure, operator: 'StringEquals' }] }],
  ])('is false for %s', (_, changes) => {
    expect(tlsOnly([statement(changes)], 's3:GetObject')).toEqual([]);
  });
});
