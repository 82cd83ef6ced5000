import { environmentWith } from '../environment.fixture';
import { findingsIn, modelWith } from '../model.fixture';
import type { Attributes } from '../model/value';
import { modelOfPlan } from '../plan/model-of-plan';
import { noHardcodedRegion } from './no-hardcoded-region';

const queue = 'arn:aws:sqs:eu-west-1:123456789012:results';
const environment = environmentWith({
  task: { statements: [{ sid: 'Queue', actions: ['sqs:SendMessage'], resources: [queue] }] },
});
const checked = (attributes: Attributes) =>
  findingsIn(noHardcodedRegion, modelWith({ aws_sqs_queue: { Q: attributes } }, {}, environment));

describe('no-hardcoded-region (R0.11)', () => {
  it('refuses regions, accounts and partitions in any text', () => {
    expect(
      checked({ a: ['logs.us-gov-west-1.amazonaws.com'], b: { c: 'ap-southeast-2b' }, policy: '{"x":"123456789012"}' }),
    ).toEqual([
      'aws_sqs_queue.Q: region us-gov-west-1 in a - use region of PlatformStack',
      'aws_sqs_queue.Q: region ap-southeast-2b in b - use region of PlatformStack',
      'aws_sqs_queue.Q: account 123456789012 in policy - use account of PlatformStack',
    ]);
    expect(checked({ arn: 'arn:aws-cn:s3:::${aws_s3_bucket.B.id}' })).toEqual([
      'aws_sqs_queue.Q: partition arn:aws-cn: in arn - use partition of PlatformStack',
    ]);
  });

  it('accepts tokens, numbers and similar text', () => {
    const digest = `sha256:${'123456789012'.repeat(5)}1234`;
    expect(
      checked({ a: 'arn:${data.aws_partition.P.partition}:sqs', b: 123456789012, c: digest, d: 'apne1-az3', e: null }),
    ).toEqual([]);
  });

  it('accepts values of the environment file, alone and in JSON', () => {
    expect(checked({ a: queue, policy: JSON.stringify({ Resource: [queue] }) })).toEqual([]);
    expect(findingsIn(noHardcodedRegion, modelWith({ aws_sqs_queue: { Q: { a: queue } } }))).toHaveLength(3);
  });

  it('does not apply to backends and to plans, where every known value is literal', () => {
    const state = { terraform_remote_state: { S: { config: { region: 'us-east-1' } } } };
    expect(findingsIn(noHardcodedRegion, modelWith({}, { data: state }))).toBe('not applicable');
    const plan = { planned_values: {}, configuration: { root_module: {} } };
    expect(findingsIn(noHardcodedRegion, modelOfPlan({ plan, name: 'plan' }))).toBe('not applicable');
  });
});
