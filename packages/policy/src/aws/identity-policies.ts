import type { Model, Resource } from '../model/model';
import { type Policy, policyAt, type PolicyStatement } from '../model/policy-statements';
import { blocks, texts, type Value } from '../model/value';

/** An identity policy of a role, user or group, in any form of Terraform. */
export interface IdentityPolicy extends Policy {
  /** The resource with the policy: a policy, or the role with an inline policy. */
  readonly resource: Resource;
  /** The role of an inline policy. @default - a managed policy, or one of a user or group */
  readonly role: Resource | undefined;
}

/** An attachment of a managed policy to an identity. */
export interface Attachment {
  /** Where it is written. */
  readonly resource: Resource;
  /** Name or ARN of the identity, as written. */
  readonly identity: Value;
  /** The ARN, as written. */
  readonly policy: string;
}

/** Attributes of identities and of policies, by the type of the attachment. */
const ATTACHMENTS: Readonly<Record<string, { readonly identities: readonly string[]; readonly policies: string }>> = {
  aws_iam_role_policy_attachment: { identities: ['role'], policies: 'policy_arn' },
  aws_iam_user_policy_attachment: { identities: ['user'], policies: 'policy_arn' },
  aws_iam_group_policy_attachment: { identities: ['group'], policies: 'policy_arn' },
  aws_iam_policy_attachment: { identities: ['roles', 'users', 'groups'], policies: 'policy_arn' },
  aws_iam_role_policy_attachments_exclusive: { identities: ['role_name'], policies: 'policy_arns' },
  aws_iam_user_policy_attachments_exclusive: { identities: ['user_name'], policies: 'policy_arns' },
  aws_iam_group_policy_attachments_exclusive: { identities: ['group_name'], policies: 'policy_arns' },
  aws_iam_role: { identities: ['name'], policies: 'managed_policy_arns' },
};

/** They only list names of inline policies of other resources. */
const NAMES_ONLY = [
  'aws_iam_role_policies_exclusive',
  'aws_iam_user_policies_exclusive',
  'aws_iam_group_policies_exclusive',
];

/** All identity policies, computed once per model. */
export function identityPolicies(model: Model): readonly IdentityPolicy[] {
  return model.derive(policiesIn);
}

/** All attachments of managed policies. */
export function attachments(model: Model): readonly Attachment[] {
  return model.derive(attachmentsIn);
}

function policiesIn(model: Model): readonly IdentityPolicy[] {
  model.all(...NAMES_ONLY);
  const own = model.all('aws_iam_role_policy', 'aws_iam_policy', 'aws_iam_user_policy', 'aws_iam_group_policy');
  return [
    ...own.map((resource) => ({
      resource,
      role: model.meant('aws_iam_role', resource.attributes['role'], resource.stack),
      ...policyAt(resource.attributes, 'policy'),
    })),
    ...model.all('aws_iam_role').flatMap((role) =>
      blocks(role.attributes['inline_policy'])
        // The provider reads back what other resources have written into the role.
        .filter(({ name }) => !own.some((one) => isOf(role, one, model) && one.attributes['name'] === name))
        .map((block) => ({ resource: role, role, ...policyAt(block, 'policy') })),
    ),
  ];
}

function attachmentsIn(model: Model): readonly Attachment[] {
  const all = Object.entries(ATTACHMENTS).flatMap(([type, names]) =>
    model.all(type).map((resource) => ({ resource, ...names })),
  );
  return all.flatMap(({ resource, identities, policies }) => {
    const holders = identities.flatMap((name) => texts(resource.attributes[name]));
    return texts(resource.attributes[policies]).flatMap((policy) =>
      (holders.length > 0 ? holders : ['']).map((identity) => ({ resource, identity, policy })),
    );
  });
}

function isOf(role: Resource, { attributes, stack }: Resource, model: Model): boolean {
  return model.meant('aws_iam_role', attributes['role'], stack) === role;
}

/** The inline policies of a role. */
export function inlinePolicies(role: Resource, model: Model): readonly IdentityPolicy[] {
  return identityPolicies(model).filter((policy) => policy.role === role);
}

/** The managed policies of a role. */
export function attachedTo(role: Resource, model: Model): readonly Attachment[] {
  return attachments(model).filter(
    ({ resource, identity }) => resource === role || model.meant('aws_iam_role', identity, resource.stack) === role,
  );
}

/** All inline and attached policies of a role. @returns undefined if one of them is not in the model */
export function policiesOf(role: Resource, model: Model): readonly IdentityPolicy[] | undefined {
  const all = identityPolicies(model);
  const arns = attachedTo(role, model);
  const attached = arns.flatMap(({ resource, policy }) => {
    const target = model.meant('aws_iam_policy', policy, resource.stack, 'arn');
    return all.filter((one) => one.resource === target);
  });
  return attached.length < arns.length ? undefined : [...inlinePolicies(role, model), ...attached];
}

/** The known Allow statements of a policy. */
export function allowedBy({ statements }: Policy): readonly PolicyStatement[] {
  return statements.filter(({ effect }) => effect === 'Allow');
}

/** A message about a statement begins with its id, if it has one. */
export function inStatement({ sid }: PolicyStatement, what: string): string {
  return sid === '' ? what : `${sid}: ${what}`;
}
