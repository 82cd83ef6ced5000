import { modelWith, type Resources } from '../model.fixture';
import type { Attributes } from '../model/value';
import { peerText, permissionsIn } from './permissions';
import { shownPorts } from './ranges';

const data = {
  aws_prefix_list: { S3: { name: 'com.amazonaws.eu-west-1.s3' } },
};
const groups = (own: Attributes = {}): Resources => ({
  aws_vpc: { V: { cidr_block: '10.0.0.0/16' } },
  aws_vpc_endpoint: { Db: { service_name: 'com.amazonaws.eu-west-1.dynamodb' } },
  aws_security_group: { A: own, B: {} },
});
const lines = (resources: Resources) =>
  permissionsIn(modelWith({ ...groups(), ...resources }, { data })).map(
    ({ rule, group, direction, ports, peer }) =>
      `${group.address} ${direction} ${shownPorts(ports)} ${peerText(peer)} by ${rule.address}`,
  );

describe('the permissions of security groups', () => {
  it('are found in rules for one peer', () => {
    const common = {
      security_group_id: '${aws_security_group.A.id}',
      ip_protocol: 'tcp',
      from_port: 443,
      to_port: 443,
    };
    expect(
      lines({
        aws_vpc_security_group_ingress_rule: {
          Vpc: { ...common, cidr_ipv4: '${aws_vpc.V.cidr_block}' },
          V6: { ...common, cidr_ipv6: '::/0' },
          Elsewhere: { ...common, security_group_id: 'sg-1', cidr_ipv6: '::/0' },
        },
        aws_vpc_security_group_egress_rule: {
          Group: { ...common, referenced_security_group_id: '${aws_security_group.B.id}' },
          List: { ...common, prefix_list_id: '${data.aws_prefix_list.S3.id}' },
          Gone: { ...common, referenced_security_group_id: 'sg-2' },
        },
      }),
    ).toEqual([
      'aws_security_group.A ingress tcp 443 10.0.0.0/16 by aws_vpc_security_group_ingress_rule.Vpc',
      'aws_security_group.A ingress tcp 443 ::/0 by aws_vpc_security_group_ingress_rule.V6',
      'aws_security_group.A egress tcp 443 group aws_security_group.B by aws_vpc_security_group_egress_rule.Group',
      'aws_security_group.A egress tcp 443 service s3 by aws_vpc_security_group_egress_rule.List',
      'aws_security_group.A egress tcp 443 sg-2 by aws_vpc_security_group_egress_rule.Gone',
    ]);
  });

  it('are found in rules for several peers', () => {
    const common = { security_group_id: '${aws_security_group.A.id}', protocol: '-1', from_port: 0, to_port: 0 };
    expect(
      lines({
        aws_security_group_rule: {
          In: { ...common, type: 'ingress', self: true, cidr_blocks: ['10.0.0.0/8', '192.0.2.0/24'] },
          Out: { ...common, type: 'egress', source_security_group_id: '${aws_security_group.B.id}' },
        },
      }),
    ).toEqual([
      'aws_security_group.A ingress all traffic group aws_security_group.A by aws_security_group_rule.In',
      'aws_security_group.A ingress all traffic 10.0.0.0/8 by aws_security_group_rule.In',
      'aws_security_group.A ingress all traffic 192.0.2.0/24 by aws_security_group_rule.In',
      'aws_security_group.A egress all traffic group aws_security_group.B by aws_security_group_rule.Out',
    ]);
  });

  it('are found in inline rules', () => {
    const own = {
      ingress: [{ protocol: 'tcp', from_port: 22, to_port: 22, security_groups: ['${aws_security_group.B.id}'] }],
      egress: [
        { protocol: '-1', ipv6_cidr_blocks: ['::/0'], prefix_list_ids: ['${aws_vpc_endpoint.Db.prefix_list_id}'] },
      ],
    };
    expect(lines(groups(own))).toEqual([
      'aws_security_group.A ingress tcp 22 group aws_security_group.B by aws_security_group.A',
      'aws_security_group.A egress all traffic ::/0 by aws_security_group.A',
      'aws_security_group.A egress all traffic service dynamodb by aws_security_group.A',
    ]);
  });
});
