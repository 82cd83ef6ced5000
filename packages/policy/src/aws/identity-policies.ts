import type { Model, Resource } from '../model/model';
import { type PolicyStatement, statementsOf } from '../model/policy-statements';

/** Policies that say what a role, user or group may do. */
export function identityPolicies(model: Model): readonly Resource[] {
  return model.all('aws_iam_role_policy', 'aws_iam_policy', 'aws_iam_user_policy', 'aws_iam_group_policy');
}

/** What the policy in an attribute allows; nothing, where Terraform will only know it when it applies. */
export function allowedBy(resource: Resource, path = 'policy'): readonly PolicyStatement[] {
  return (statementsOf(resource, path) ?? []).filter(({ effect }) => effect === 'Allow');
}

/** What is attached to a role, or written into it, by resources of a type. */
export function rolePolicies(
  role: Resource,
  model: Model,
  type: 'aws_iam_role_policy' | 'aws_iam_role_policy_attachment',
): readonly Resource[] {
  return model
    .all(type)
    .filter(({ attributes, stack }) => model.meant('aws_iam_role', attributes['role'], stack) === role);
}

/** What a message says of a statement: with its id, where it has one. */
export function inStatement({ sid }: PolicyStatement, what: string): string {
  return sid === '' ? what : `${sid}: ${what}`;
}
