import { topicStatements } from './topic-statements';

describe('policy of the alert topic', () => {
  const [alarms, events, tls] = topicStatements({ topicArn: 'arn:topic', account: '123456789012' });

  it('R12.4 allows alarms of this account to publish', () => {
    expect(alarms).toEqual({
      Sid: 'AlarmsPublish',
      Effect: 'Allow',
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Action: ['sns:Publish'],
      Resource: ['arn:topic'],
      Condition: { StringEquals: { 'aws:SourceAccount': '123456789012' } },
    });
  });

  it('R12.4 allows EventBridge to publish without a condition, since AWS supports none in topic policies', () => {
    expect(events).toMatchObject({ Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' } });
    expect(events).not.toHaveProperty('Condition');
  });

  it('denies messages without TLS', () => {
    expect(tls).toMatchObject({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } });
  });
});
