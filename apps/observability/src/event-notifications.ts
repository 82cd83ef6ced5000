import { CloudwatchEventRule } from '@cdktf/provider-aws/lib/cloudwatch-event-rule';
import { CloudwatchEventTarget } from '@cdktf/provider-aws/lib/cloudwatch-event-target';
import { PlatformStack } from '@nightshift/stack';
import { Construct } from 'constructs';
import type { Notification } from './notifications';

export interface EventNotificationsProps {
  readonly notifications: readonly Notification[];
  readonly topicArn: string;
}

/** EventBridge rules that send events as readable messages (R12.3). */
export class EventNotifications extends Construct {
  constructor(scope: Construct, id: string, { notifications, topicArn }: EventNotificationsProps) {
    super(scope, id);
    const { names } = PlatformStack.of(this);
    for (const { id: ruleId, qualifier, description, pattern, message } of notifications) {
      const rule = new CloudwatchEventRule(this, ruleId, {
        name: names.of('event-rule', qualifier),
        description,
        eventPattern: JSON.stringify(pattern),
      });
      new CloudwatchEventTarget(this, `${ruleId}Topic`, {
        rule: rule.name,
        targetId: 'topic',
        arn: topicArn,
        // A template that is a JSON string is delivered as plain text.
        inputTransformer: { inputPaths: { ...message.paths }, inputTemplate: JSON.stringify(message.template) },
      });
    }
  }
}
