import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { SnsTopic } from '@cdktf/provider-aws/lib/sns-topic';
import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { Annotations, TerraformOutput, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { synthStack } from './synth-stack';

class Alerts extends Construct {
  readonly topic = new SnsTopic(this, 'Resource', { name: 'sns-topic-test', policy: '{"Version":"2012-10-17"}' });
}

const stack = synthStack((app) => {
  const created = new TerraformStack(app, 'alerts');
  new AwsProvider(created, 'Aws', { region: 'us-east-1' });
  const { topic } = new Alerts(created, 'Alerts');
  new SnsTopic(created, 'Other', { name: topic.name });
  new SqsQueue(created, 'Queue', {});
  new TerraformOutput(created, 'topic', { value: topic.arn, staticId: true });
  return created;
});

describe('synthStack', () => {
  it('finds resources by type and path in the construct tree', () => {
    expect(stack.resource('aws_sns_topic', 'Alerts/Resource')).toMatchObject({ name: 'sns-topic-test' });
    expect(Object.keys(stack.resources('aws_sns_topic'))).toEqual(['Alerts/Resource', 'Other']);
    expect(stack.resources('aws_vpc')).toEqual({});
    expect(stack.types).toEqual(['aws_sns_topic', 'aws_sqs_queue']);
  });

  it('returns references, JSON texts and outputs', () => {
    const arn = stack.reference('aws_sns_topic', 'Alerts/Resource', 'arn');
    expect(arn).toMatch(/^\$\{aws_sns_topic\.Alerts_\w+\.arn\}$/);
    expect(stack.outputs).toEqual({ topic: { value: arn } });
    expect(stack.parsed('aws_sns_topic', 'Alerts/Resource', 'policy')).toEqual({ Version: '2012-10-17' });
  });

  it('lists the resources if one is not found', () => {
    expect(() => stack.resource('aws_sns_topic', 'Topic')).toThrow(
      'no aws_sns_topic at Topic; there is: Alerts/Resource, Other',
    );
    expect(() => stack.resource('aws_vpc', 'Vpc')).toThrow('no aws_vpc at Vpc; there is: none');
  });

  it('fails if synthesis fails or adds an error annotation', () => {
    const failing = () =>
      synthStack((app) => {
        const created = new TerraformStack(app, 'failing');
        Annotations.of(created).addError('not like this');
        return created;
      });
    expect(failing).toThrow('[failing] not like this');
  });

  it('reads a stack without resources', () => {
    const empty = synthStack((app) => new TerraformStack(app, 'empty'));
    expect([empty.types, empty.outputs]).toEqual([[], {}]);
  });
});
