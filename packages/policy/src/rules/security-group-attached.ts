import { networkOf } from '../reachability/network';
import { rule } from '../rule';

export const securityGroupAttached = rule({
  id: 'security-group-attached',
  severity: 'warning',
  what: 'each security group is used',
  why: 'One that is not used will be, by someone who does not look at its rules.',
  sources: ['R1.3', 'CKV2_AWS_5'],
  appliesTo: (model) => model.all('aws_security_group'),
  check(group, model) {
    const used = networkOf(model).members.some(({ groups }) => groups.includes(group));
    return used ? [] : [{ got: 'nothing in it', fix: 'remove it' }];
  },
});
