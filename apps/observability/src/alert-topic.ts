import { SnsTopic } from '@cdktf/provider-aws/lib/sns-topic';
import { SnsTopicPolicy } from '@cdktf/provider-aws/lib/sns-topic-policy';
import { SnsTopicSubscription } from '@cdktf/provider-aws/lib/sns-topic-subscription';
import { alarmsUseKey, EncryptionKey, eventsUseKey, PlatformStack, policyDocument } from '@nightshift/stack';
import { Construct } from 'constructs';
import { topicStatements } from './topic-statements';

export interface AlertTopicProps {
  /** Email addresses of subscribers; each must confirm its subscription. */
  readonly emails: readonly string[];
  readonly keyDeletionWindowDays: number;
}

/**
 * The topic for alarms and events, encrypted with a customer managed key, since alarms and EventBridge cannot use the AWS managed key
 * (R12.4).
 */
export class AlertTopic extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, { emails, keyDeletionWindowDays }: AlertTopicProps) {
    super(scope, id);
    const stack = PlatformStack.of(this);
    const key = new EncryptionKey(this, 'Key', {
      qualifier: 'alerts',
      description: 'Messages of the topic that alarms and events publish to',
      deletionWindowDays: keyDeletionWindowDays,
      users: [alarmsUseKey(stack), eventsUseKey()],
    });
    const topic = new SnsTopic(this, 'Resource', {
      name: stack.names.of('sns-topic', 'alerts'),
      kmsMasterKeyId: key.arn,
    });
    new SnsTopicPolicy(this, 'Policy', {
      arn: topic.arn,
      policy: policyDocument(topicStatements({ topicArn: topic.arn, account: stack.account })),
    });
    emails.forEach((endpoint, index) => {
      new SnsTopicSubscription(this, `Email${index}`, { topicArn: topic.arn, protocol: 'email', endpoint });
    });
    this.arn = topic.arn;
  }
}
