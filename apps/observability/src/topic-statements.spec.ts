import { topicStatements } from './topic-statements';

describe('policy of the alert topic', () => {
  const [alarms, events, tls] = topicStatements({ topicArn: 'arn:topic', account: '123456789012' });

  it('R12.4 lets alarms of this account publish', () => {
    expect(alarms).toEqual({
      Sid: 'AlarmsPublish',
      Effect: 'Allow',
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Action: ['sns:Publish'],
      Resource: ['arn:topic'],
      Condition: { StringEquals: { 'aws:SourceAccount': '123456789012' } },
    });
  });

  it('R12.4 lets EventBridge publish without a condition, as AWS supports none in topic policies', () => {
    expect(events).toMatchObject({ Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' } });
    expect(events).not.toHaveProperty('Condition');
  });

  it('refuses to take messages in the clear', () => {
    expect(tls).toMatchObject({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } });
  });
});
