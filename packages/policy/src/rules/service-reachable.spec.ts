import { findingsIn, modelWith } from '../model.fixture';
import { type NetworkChanges, networkWith } from '../reachability/network.fixture';
import { serviceReachable } from './service-reachable';

const checked = (changes: NetworkChanges = {}) => findingsIn(serviceReachable, networkWith(changes));
const closed = 'allow the port of the listener or container in the security groups, and add routes';
const dropped = 'allow requests, and responses to ports 1024 to 65535, in the network ACL';
const subnets = (name: string) => [0, 1, 2].map((zone) => `\${aws_subnet.${name}${zone}.id}`);

describe('service-reachable (R6.1)', () => {
  it('accepts a load balancer that clients can reach and that can reach its tasks', () => {
    expect(checked()).toEqual([]);
  });

  it('refuses one that clients cannot reach', () => {
    for (const changes of [{ aws_route: { Public: null } }, { aws_vpc_security_group_ingress_rule: { Http: null } }]) {
      expect(checked(changes)).toEqual([`aws_lb.L: no path from the internet - ${closed}`]);
    }
  });

  it('refuses one that cannot reach its tasks', () => {
    expect(checked({ aws_vpc_security_group_egress_rule: { Balancer: { from_port: 80, to_port: 80 } } })).toEqual([
      `aws_lb.L: no path to aws_ecs_service.S - ${closed}`,
    ]);
  });

  it('names the network ACLs that block the traffic', () => {
    const byDefault = {
      aws_default_network_acl: { D: { default_network_acl_id: '${aws_vpc.V.default_network_acl_id}' } },
    };
    expect(checked(byDefault)).toEqual([
      `aws_lb.L: no path from the internet through aws_default_network_acl.D - ${dropped}`,
      `aws_lb.L: no path to aws_ecs_service.S through aws_default_network_acl.D - ${dropped}`,
    ]);
    const two = { aws_network_acl: { A: { subnet_ids: subnets('Public') }, B: { subnet_ids: subnets('Private') } } };
    expect(checked(two)).toEqual([
      `aws_lb.L: no path from the internet through aws_network_acl.A - ${dropped}`,
      `aws_lb.L: no path to aws_ecs_service.S through aws_network_acl.A and aws_network_acl.B - ${dropped}`,
    ]);
  });

  it('does not check the clients of an internal one', () => {
    expect(checked({ aws_lb: { L: { internal: true } }, aws_route: { Public: null } })).toEqual([]);
  });

  it('does not apply to a network without a load balancer', () => {
    expect(findingsIn(serviceReachable, modelWith({ aws_vpc: { V: {} } }))).toBe('not applicable');
  });
});
