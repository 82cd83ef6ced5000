import { accountAdministers, alarmsUseKey, eventsUseKey, logGroupsUseKey } from './key-statements';

const place = { partition: 'aws', region: 'eu-central-1', account: '123456789012' };

describe('key policy', () => {
  it('leaves administration to the IAM policies of the account', () => {
    expect(accountAdministers(place)).toMatchObject({
      Principal: { AWS: 'arn:aws:iam::123456789012:root' },
      Action: ['kms:*'],
    });
  });

  it('R8.2 allows CloudWatch Logs in the region, for the given groups only', () => {
    expect(logGroupsUseKey(place, ['log-group-flow-dev', 'log-group-exec-dev'])).toMatchObject({
      Principal: { Service: 'logs.eu-central-1.amazonaws.com' },
      Condition: {
        ArnEquals: {
          'kms:EncryptionContext:aws:logs:arn': [
            'arn:aws:logs:eu-central-1:123456789012:log-group:log-group-flow-dev',
            'arn:aws:logs:eu-central-1:123456789012:log-group:log-group-exec-dev',
          ],
        },
      },
    });
  });

  it('R12.4 allows alarms of this account', () => {
    expect(alarmsUseKey(place)).toMatchObject({
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      Condition: { StringEquals: { 'aws:SourceAccount': '123456789012' } },
    });
  });

  it('R12.4 allows EventBridge without a condition, since AWS supports none', () => {
    expect(eventsUseKey()).toMatchObject({ Principal: { Service: 'events.amazonaws.com' } });
    expect(eventsUseKey()).not.toHaveProperty('Condition');
  });
});
