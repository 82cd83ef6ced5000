import { judge, modelWith } from '../model.fixture';
import { networkWith } from '../reachability/network.fixture';
import { securityGroupAttached } from './security-group-attached';

describe('security-group-attached', () => {
  it('accepts groups in which something is', () => {
    expect(judge(securityGroupAttached, networkWith())).toEqual([]);
  });

  it('tells of one that only rules name', () => {
    const unused = {
      aws_security_group: { Unused: {} },
      aws_vpc_security_group_ingress_rule: { R: { security_group_id: '${aws_security_group.Unused.id}' } },
    };
    expect(judge(securityGroupAttached, networkWith(unused))).toEqual([
      'aws_security_group.Unused: nothing in it - remove it',
    ]);
    expect(securityGroupAttached.severity).toBe('warning');
  });

  it('is not about anything else', () => {
    expect(judge(securityGroupAttached, modelWith({ aws_vpc: { V: {} } }))).toBe('not applicable');
  });
});
