import { modelWith } from '../model.fixture';
import { publishersOf, publishStatements, topicPolicyOf } from './publishers';

const model = modelWith({
  aws_sns_topic: { T: {}, Other: {} },
  aws_sns_topic_policy: {
    P: {
      arn: '${aws_sns_topic.T.arn}',
      policy: JSON.stringify({
        Statement: [
          { Sid: 'A', Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sns:Publish' },
          { Sid: 'B', Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sns:Subscribe' },
          { Sid: 'C', Effect: 'Allow', Principal: { AWS: 'events.amazonaws.com' }, Action: 'sns:Publish' },
          { Sid: 'D', Effect: 'Deny', Principal: { Service: 'events.amazonaws.com' }, Action: 'sns:Publish' },
        ],
      }),
    },
  },
  aws_cloudwatch_metric_alarm: {
    A: { alarm_actions: ['${aws_sns_topic.T.arn}'], ok_actions: ['${aws_sns_topic.T.arn}'] },
  },
});
const [topic, other] = model.all('aws_sns_topic');

describe('publishers to a topic', () => {
  it('are the services whose resources notify it, each once', () => {
    expect(topic && publishersOf(topic, model)).toEqual(['cloudwatch.amazonaws.com']);
  });

  it('are allowed by the topic policy', () => {
    const statements = (topic && topicPolicyOf(topic, model)?.statements) ?? [];
    expect(publishStatements(statements, 'events.amazonaws.com').map(({ sid }) => sid)).toEqual(['A']);
    expect(other && topicPolicyOf(other, model)).toBeUndefined();
  });
});
