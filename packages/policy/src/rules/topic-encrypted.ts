import { covers } from '../aws/iam-patterns';
import { inStatement } from '../aws/identity-policies';
import { publishersOf, publishStatements, topicPolicyOf } from '../aws/publishers';
import type { Model, Resource } from '../model/model';
import type { PolicyStatement } from '../model/policy-statements';
import { at, shown } from '../model/value';
import { type Finding, outsideOfPlan, rule, unknownUntilApply } from '../rule';

export const topicEncrypted = rule({
  id: 'topic-encrypted',
  severity: 'error',
  what: 'a topic has a customer managed key, and accepts messages only over TLS and from named publishers',
  why: 'The AWS managed key for SNS allows neither alarms nor events to publish, so they are lost without an error.',
  sources: [
    'R12.4',
    'CKV_AWS_26',
    'https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services',
    'https://docs.aws.amazon.com/sns/latest/dg/sns-security-best-practices.html#enforce-encryption-data-in-transit',
  ],
  appliesTo: (model) => model.all('aws_sns_topic'),
  check: (topic, model) => [...ofKey(topic, model), ...ofPolicy(topic, model)],
});

function ofKey(topic: Resource, model: Model): Finding[] {
  const key = at(topic.attributes, 'kms_master_key_id');
  const own = model.behind(topic, 'kms_master_key_id').some(({ type }) => /^aws_kms_(?:key|alias)$/.test(type));
  const known = own || model.meant('aws_kms_key', key, topic.stack, 'arn') !== undefined;
  if (!known && model.source === 'plan' && key !== undefined && !/^alias\/aws\//.test(shown(key))) {
    return outsideOfPlan('kms_master_key_id');
  }
  return known ? [] : [{ got: `kms_master_key_id ${shown(key)}`, fix: 'use a key of this environment' }];
}

function ofPolicy(topic: Resource, model: Model): Finding[] {
  const policy = topicPolicyOf(topic, model);
  if (!policy) return [{ got: 'no policy', fix: 'add one that names the publishers and requires TLS' }];
  const { statements, unknown } = policy;
  const open = statements.filter(isOpen).map((statement) => ({
    got: inStatement(statement, 'everyone can publish'),
    fix: 'list the publishers',
  }));
  if (unknown) return [...open, ...unknownUntilApply('the policy')];
  return [
    ...open,
    ...(tlsOnly(statements, 'sns:Publish').length > 0
      ? []
      : [{ got: 'messages without TLS', fix: 'deny everyone sns:Publish where aws:SecureTransport is false' }]),
    ...publishersOf(topic, model)
      .filter((service) => publishStatements(statements, service).length === 0)
      .map((service) => ({ got: `${service} cannot publish`, fix: 'allow sns:Publish for it' })),
  ];
}

function isOpen({ effect, principals }: PolicyStatement): boolean {
  return effect === 'Allow' && principals.some(({ value }) => value === '*');
}

/** Whether a statement denies an action without TLS to all principals, without further conditions. */
export function tlsOnly(statements: readonly PolicyStatement[], action: string): readonly PolicyStatement[] {
  return statements.filter(
    ({ effect, principals, actions, conditions }) =>
      effect === 'Deny' &&
      principals.some(({ value }) => value === '*') &&
      actions.some((pattern) => covers(pattern, action)) &&
      conditions.length === 1 &&
      conditions.every(
        ({ operator, key, values }) =>
          operator === 'Bool' && key.toLowerCase() === 'aws:securetransport' && values.join() === 'false',
      ),
  );
}
