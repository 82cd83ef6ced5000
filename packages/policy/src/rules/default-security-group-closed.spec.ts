import { judge, modelWith } from '../model.fixture';
import { networkWith, type NetworkChanges } from '../reachability/network.fixture';
import { defaultSecurityGroupClosed } from './default-security-group-closed';

const judged = (changes: NetworkChanges = {}) => judge(defaultSecurityGroupClosed, networkWith(changes));

describe('default-security-group-closed (R1.3)', () => {
  it('accepts one without rules', () => {
    expect(judged()).toEqual([]);
    expect(judged({ aws_default_security_group: { D: { ingress: [], egress: [] } } })).toEqual([]);
  });

  it('refuses one that AWS has made', () => {
    expect(judged({ aws_default_security_group: { D: null } })).toEqual([
      "aws_vpc.V: AWS's own rules - take it over with an aws_default_security_group without rules",
    ]);
  });

  it('refuses rules in it and beside it', () => {
    const own = { egress: [{ protocol: '-1', cidr_blocks: ['10.0.0.0/8', '192.0.2.0/24'] }] };
    const beside = {
      Open: { security_group_id: '${aws_default_security_group.D.id}', ip_protocol: '-1', cidr_ipv4: '0.0.0.0/0' },
    };
    expect(judged({ aws_default_security_group: { D: own }, aws_vpc_security_group_ingress_rule: beside })).toEqual([
      'aws_vpc_security_group_ingress_rule.Open: a rule in the default security group - move it to a group of its own',
      'aws_default_security_group.D: a rule in the default security group - move it to a group of its own',
    ]);
  });

  it('is not about anything without a VPC', () => {
    expect(judge(defaultSecurityGroupClosed, modelWith({}))).toBe('not applicable');
  });
});
