import type { Statement } from '@nightshift/stack';

export interface TopicStatementsInput {
  readonly topicArn: string;
  readonly account: string;
}

/**
 * Allows alarms of this account and EventBridge to publish (R12.4). AWS supports no condition for EventBridge in a topic policy.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-sns-permissions
 */
export function topicStatements({ topicArn, account }: TopicStatementsInput): Statement[] {
  return [
    {
      Sid: 'AlarmsPublish',
      Effect: 'Allow',
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Action: ['sns:Publish'],
      Resource: [topicArn],
      Condition: { StringEquals: { 'aws:SourceAccount': account } },
    },
    {
      Sid: 'EventsPublish',
      Effect: 'Allow',
      Principal: { Service: 'events.amazonaws.com' },
      Action: ['sns:Publish'],
      Resource: [topicArn],
    },
    {
      Sid: 'TlsOnly',
      Effect: 'Deny',
      Principal: '*',
      Action: ['sns:Publish'],
      Resource: [topicArn],
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
  ];
}
