import type { Resource } from '../model/subject';
import { blocks, type Attributes } from '../model/value';
import { rule } from '../rule';

const TYPES = [
  'aws_security_group',
  'aws_security_group_rule',
  'aws_vpc_security_group_ingress_rule',
  'aws_vpc_security_group_egress_rule',
] as const;

/** What the provider writes where nobody has. */
const PLACEHOLDER = 'Managed by Terraform';

export const securityGroupDescribed = rule({
  id: 'security-group-described',
  severity: 'error',
  what: 'each security group and each of its rules says what it is for',
  why: 'Nobody dares to remove a rule of which nobody knows the reason.',
  sources: ['R1.3', 'CKV_AWS_23', 'https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html'],
  appliesTo: (model) => model.all(...TYPES),
  check: (resource) =>
    describedParts(resource).flatMap(([part, { description }]) => {
      if (typeof description === 'string' && description !== '' && description !== PLACEHOLDER) return [];
      return [{ got: `no description${part}`, fix: 'say what it is for' }];
    }),
});

function describedParts({ attributes }: Resource): readonly (readonly [part: string, block: Attributes])[] {
  const inline = ['ingress', 'egress'].flatMap((name) =>
    blocks(attributes[name]).map((block) => [` in ${name}`, block] as const),
  );
  return [['', attributes], ...inline];
}
