import type { Model, Resource } from '../model/model';
import { type Policy, policyAt, type PolicyStatement } from '../model/policy-statements';
import { covers } from './iam-patterns';

/** The publishing service, by the type of resource that refers to the topic. */
const PUBLISHERS: Readonly<Record<string, string>> = {
  aws_cloudwatch_composite_alarm: 'cloudwatch.amazonaws.com',
  aws_cloudwatch_event_target: 'events.amazonaws.com',
  aws_cloudwatch_metric_alarm: 'cloudwatch.amazonaws.com',
};

/** The services that publish to a topic in this environment, without duplicates. */
export function publishersOf(topic: Resource, model: Model): readonly string[] {
  return [...new Set(model.uses(topic).flatMap(({ user }) => PUBLISHERS[user.type] ?? []))];
}

/** The policy of a topic. @returns undefined without a policy */
export function topicPolicyOf(topic: Resource, model: Model): Policy | undefined {
  const policy = model
    .all('aws_sns_topic_policy')
    .find(({ attributes, stack }) => model.meant('aws_sns_topic', attributes['arn'], stack, 'arn') === topic);
  return policy && policyAt(policy.attributes, 'policy');
}

/** The statements that allow a service to publish. */
export function publishStatements(statements: readonly PolicyStatement[], service: string): readonly PolicyStatement[] {
  return statements.filter(
    ({ effect, principals, actions }) =>
      effect === 'Allow' &&
      principals.some(({ kind, value }) => kind === 'Service' && value === service) &&
      actions.some((action) => covers(action, 'sns:Publish')),
  );
}
