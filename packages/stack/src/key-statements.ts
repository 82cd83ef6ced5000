import type { Statement } from './statement';

/** Where a key lives; all three are tokens or plain strings. */
export interface Place {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

/**
 * IAM policies of the account decide about administration. Without it nobody could change or delete the key.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html#key-policy-default-allow-root-enable-iam
 */
export function accountAdministers({ partition, account }: Pick<Place, 'partition' | 'account'>): Statement {
  return {
    Sid: 'AccountAdministers',
    Effect: 'Allow',
    Principal: { AWS: `arn:${partition}:iam::${account}:root` },
    Action: ['kms:*'],
    Resource: ['*'],
  };
}

/**
 * CloudWatch Logs encrypts these groups, and no others, with the key (R8.2).
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 */
export function logGroupsUseKey(place: Place, logGroupNames: readonly string[]): Statement {
  const { partition, region, account } = place;
  return {
    Sid: 'LogGroupsUseKey',
    Effect: 'Allow',
    Principal: { Service: `logs.${region}.amazonaws.com` },
    Action: ['kms:Encrypt*', 'kms:Decrypt*', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'],
    Resource: ['*'],
    Condition: {
      ArnEquals: {
        'kms:EncryptionContext:aws:logs:arn': logGroupNames.map(
          (name) => `arn:${partition}:logs:${region}:${account}:log-group:${name}`,
        ),
      },
    },
  };
}

/**
 * Alarms publish to topics that are encrypted with the key (R12.4).
 * https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services
 */
export function alarmsUseKey({ account }: Pick<Place, 'account'>): Statement {
  return {
    Sid: 'AlarmsUseKey',
    Effect: 'Allow',
    Principal: { Service: 'cloudwatch.amazonaws.com' },
    Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
    Resource: ['*'],
    Condition: { StringEquals: { 'aws:SourceAccount': account } },
  };
}

/**
 * EventBridge publishes to topics that are encrypted with the key (R12.4). AWS supports no condition on the source here: "Adding
 * the aws:SourceAccount, aws:SourceArn, and aws:SourceOrgID to a AWS KMS policy is not supported for EventBridge-to-encrypted topics".
 * https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services
 */
export function eventsUseKey(): Statement {
  return {
    Sid: 'EventsUseKey',
    Effect: 'Allow',
    Principal: { Service: 'events.amazonaws.com' },
    Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
    Resource: ['*'],
  };
}
