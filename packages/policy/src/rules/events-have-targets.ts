import { eventTarget } from '../aws/event-targets';
import { publishStatements, topicPolicyOf } from '../aws/publishers';
import type { Model } from '../model/model';
import type { Resource } from '../model/subject';
import { at } from '../model/value';
import { rule, type Finding } from '../rule';

export const eventsHaveTargets = rule({
  id: 'events-have-targets',
  severity: 'error',
  what: 'an event rule is on and has a target that EventBridge may reach, by the policy of the target or by a role',
  why: 'EventBridge drops what it may not deliver, and tells nobody.',
  sources: ['R12.3', 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html'],
  appliesTo: (model) => model.all('aws_cloudwatch_event_rule'),
  check(events, model) {
    const { attributes } = events;
    if (at(attributes, 'state') === 'DISABLED' || at(attributes, 'is_enabled') === false) {
      return [{ got: 'a rule that is off', fix: 'switch it on, or remove it' }];
    }
    const targets = model.all('aws_cloudwatch_event_target').filter((target) => isTargetOf(target, events, model));
    if (targets.length === 0) return [{ got: 'no target', fix: 'add one that tells someone' }];
    return targets.flatMap((target) => ofTarget(target, model));
  },
});

function isTargetOf({ attributes, stack }: Resource, events: Resource, model: Model): boolean {
  return model.meant('aws_cloudwatch_event_rule', attributes['rule'], stack) === events;
}

function ofTarget(target: Resource, model: Model): Finding[] {
  const topic = model.meant('aws_sns_topic', target.attributes['arn'], target.stack, 'arn');
  if (!topic) return eventTarget(target, model);
  const policy = topicPolicyOf(topic, model);
  if (policy && !policy.statements) return [];
  const statements = publishStatements(policy?.statements ?? [], 'events.amazonaws.com');
  if (statements.length === 0) {
    return [
      {
        got: `${topic.address}, which EventBridge may not publish to`,
        fix: 'allow events.amazonaws.com in its policy',
      },
    ];
  }
  if (statements.some(({ conditions }) => conditions.length === 0)) return [];
  return [
    {
      got: `${topic.address}, which EventBridge may publish to under a condition only`,
      fix: 'remove the condition: SNS supports none for EventBridge',
    },
  ];
}
