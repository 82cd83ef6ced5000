import type { Model } from '../model/model';
import { statementsOf, type PolicyStatement } from '../model/policy-statements';
import type { Resource } from '../model/subject';
import { at } from '../model/value';
import type { Finding } from '../rule';
import { covers } from './covers';

const EVENTS = 'events.amazonaws.com';

/** How a resource lets EventBridge in: a policy on it, somewhere. */
interface Door {
  readonly action: string;
  /** Where the statement has to be, for messages. */
  readonly where: string;
  /** The policies that are about the resource. */
  readonly policies: (target: Resource, model: Model) => readonly Policy[];
}

interface Policy {
  readonly resource: Resource;
  readonly attribute: string;
}

/**
 * Targets that have to let EventBridge in themselves, beside topics; it takes a role for all others.
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
  // One policy is for all groups of an account that it names.
  aws_cloudwatch_log_group: {
    action: 'logs:PutLogEvents',
    where: 'an aws_cloudwatch_log_resource_policy',
    policies: (_, model) =>
      model.all('aws_cloudwatch_log_resource_policy').map((resource) => ({ resource, attribute: 'policy_document' })),
  },
};

/** What keeps EventBridge from telling a target that is no topic. */
export function eventTarget(target: Resource, model: Model): Finding[] {
  const [told] = model.behind(target, 'arn');
  if (!told || target.attributes['role_arn']) return [];
  if (told.type === 'aws_lambda_function') return ofFunction(told, model);
  const door = DOORS[told.type];
  if (!door) {
    return [
      { got: `${told.address} without role_arn`, fix: 'give the target a role that EventBridge takes to reach it' },
    ];
  }
  const lets = door.policies(told, model).some(({ resource, attribute }) => {
    if (at(resource.attributes, attribute) === undefined) return false;
    // Not known before it is applied.
    return statementsOf(resource, attribute)?.some((statement) => letsIn(statement, door.action)) ?? true;
  });
  return lets ? [] : [closed(told, `allow ${EVENTS} to ${door.action} in ${door.where}`)];
}

function ofFunction(told: Resource, model: Model): Finding[] {
  const lets = model
    .all('aws_lambda_permission')
    .some(
      ({ attributes, stack }) =>
        attributes['principal'] === EVENTS &&
        ['function_name', 'arn'].some(
          (identity) => model.meant(told.type, attributes['function_name'], stack, identity) === told,
        ),
    );
  return lets ? [] : [closed(told, `add an aws_lambda_permission for ${EVENTS} with the rule as source_arn`)];
}

function about(told: Resource, type: string, attribute: string, model: Model): readonly Policy[] {
  return model
    .all(type)
    .filter((policy) => model.behind(policy, attribute).includes(told))
    .map((resource) => ({ resource, attribute: 'policy' }));
}

function letsIn({ effect, principals, actions }: PolicyStatement, action: string): boolean {
  const named = principals.some(({ kind, value }) => kind === 'Service' && value === EVENTS);
  return effect === 'Allow' && named && actions.some((pattern) => covers(pattern, action));
}

function closed(told: Resource, fix: string): Finding {
  return { got: `${told.address}, which EventBridge may not reach`, fix };
}
