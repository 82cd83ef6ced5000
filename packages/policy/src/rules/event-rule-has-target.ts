import { covers } from '../aws/iam-patterns';
import { publishStatements, topicPolicyOf } from '../aws/publishers';
import type { Model, Resource } from '../model/model';
import { type PolicyStatement, policyAt } from '../model/policy-statements';
import { at } from '../model/value';
import { type Finding, outsideOfPlan, rule, unknownUntilApply } from '../rule';

export const eventRuleHasTarget = rule({
  id: 'event-rule-has-target',
  severity: 'error',
  what: 'an event rule is enabled and has a target to which EventBridge can deliver, by the policy of the target or by a role',
  why: 'EventBridge drops events that it cannot deliver, and reports no error.',
  sources: ['R12.3', 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html'],
  appliesTo: (model) => model.all('aws_cloudwatch_event_rule'),
  check(events, model) {
    const { attributes } = events;
    if (at(attributes, 'state') === 'DISABLED' || at(attributes, 'is_enabled') === false) {
      return [{ got: 'state DISABLED', fix: 'set state to ENABLED' }];
    }
    const targets = model.all('aws_cloudwatch_event_target').filter((target) => isTargetOf(target, events, model));
    if (targets.length === 0) return [{ got: 'no target', fix: 'add one, such as an SNS topic' }];
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
  const statements = publishStatements(policy?.statements ?? [], 'events.amazonaws.com');
  if (statements.length === 0 && policy?.unknown) return unknownUntilApply(`the policy of ${topic.address}`);
  if (statements.length === 0) {
    return [
      {
        got: `${topic.address}, to which EventBridge cannot publish`,
        fix: 'allow events.amazonaws.com in its policy',
      },
    ];
  }
  if (statements.some(({ conditions }) => conditions.length === 0)) return [];
  return [
    {
      got: `${topic.address}, to which EventBridge can publish only under a condition`,
      fix: 'remove the condition: SNS supports none for EventBridge',
    },
  ];
}

const EVENTS = 'events.amazonaws.com';

/** How the policy of a target allows EventBridge. */
interface Door {
  readonly action: string;
  /** The place of the statement, for messages. */
  readonly where: string;
  /** The policies of the resource. */
  readonly policies: (target: Resource, model: Model) => readonly PolicyPlace[];
}

interface PolicyPlace {
  readonly resource: Resource;
  readonly attribute: string;
}

/**
 * Targets other than topics whose own policy must allow EventBridge; it uses a role for all others.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html
 */
const DOORS: Readonly<Record<string, Door>> = {
  aws_sqs_queue: {
    action: 'sqs:SendMessage',
    where: 'its policy',
    policies: (queue, model) => [
      { resource: queue, attribute: 'policy' },
      ...about(queue, 'aws_sqs_queue_policy', 'queue_url', model),
    ],
  },
  // One policy can name several log groups of an account.
  aws_cloudwatch_log_group: {
    action: 'logs:PutLogEvents',
    where: 'an aws_cloudwatch_log_resource_policy',
    policies: (_, model) =>
      model.all('aws_cloudwatch_log_resource_policy').map((resource) => ({ resource, attribute: 'policy_document' })),
  },
};

/** The reason why EventBridge cannot deliver to a target that is not a topic. */
function eventTarget(target: Resource, model: Model): Finding[] {
  const [receiver] = model.behind(target, 'arn');
  if (!receiver) return outsideOfPlan('arn').map((one) => ({ ...one, subject: target }));
  if (target.attributes['role_arn']) return [];
  if (receiver.type === 'aws_lambda_function') return ofFunction(receiver, model);
  const door = DOORS[receiver.type];
  if (!door) {
    return [{ got: `${receiver.address} without role_arn`, fix: 'give the target a role that EventBridge can assume' }];
  }
  const policies = door
    .policies(receiver, model)
    .map(({ resource, attribute }) => policyAt(resource.attributes, attribute));
  if (policies.some(({ statements }) => statements.some((one) => letsIn(one, door.action)))) return [];
  if (policies.some(({ unknown }) => unknown)) return unknownUntilApply(`the policy of ${receiver.address}`);
  return [closed(receiver, `allow ${EVENTS} to ${door.action} in ${door.where}`)];
}

function ofFunction(receiver: Resource, model: Model): Finding[] {
  const lets = model
    .all('aws_lambda_permission')
    .some(
      ({ attributes, stack }) =>
        attributes['principal'] === EVENTS &&
        ['function_name', 'arn'].some(
          (identity) => model.meant(receiver.type, attributes['function_name'], stack, identity) === receiver,
        ),
    );
  return lets ? [] : [closed(receiver, `add an aws_lambda_permission for ${EVENTS} with the rule as source_arn`)];
}

function about(receiver: Resource, type: string, attribute: string, model: Model): readonly PolicyPlace[] {
  return model
    .all(type)
    .filter((policy) => model.behind(policy, attribute).includes(receiver))
    .map((resource) => ({ resource, attribute: 'policy' }));
}

function letsIn({ effect, principals, actions }: PolicyStatement, action: string): boolean {
  const named = principals.some(({ kind, value }) => kind === 'Service' && value === EVENTS);
  return effect === 'Allow' && named && actions.some((pattern) => covers(pattern, action));
}

function closed(receiver: Resource, fix: string): Finding {
  return { got: `${receiver.address}, to which EventBridge cannot deliver`, fix };
}
