import { permissionsIn } from '../reachability/permissions';
import { rule } from '../rule';

export const defaultSecurityGroupClosed = rule({
  id: 'default-security-group-closed',
  severity: 'error',
  what: 'the default security group of a VPC has no rules',
  why: 'Whatever is started without a group gets this one, in which AWS lets everything talk to everything.',
  sources: ['R1.3', 'CKV2_AWS_12', 'https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-2'],
  appliesTo: (model) => model.all('aws_vpc'),
  check(vpc, model) {
    const group = model.all('aws_default_security_group').find((one) => model.behind(one, 'vpc_id').includes(vpc));
    if (!group)
      return [{ got: "AWS's own rules", fix: 'take it over with an aws_default_security_group without rules' }];
    const rules = model.derive(permissionsIn).filter((permission) => permission.group === group);
    return [...new Set(rules.map((permission) => permission.rule))].map((subject) => ({
      subject,
      got: 'a rule in the default security group',
      fix: 'move it to a group of its own',
    }));
  },
});
