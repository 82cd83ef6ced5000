import { environmentWith } from '../environment.fixture';
import { findingsIn, modelWith } from '../model.fixture';
import { type NetworkChanges, networkWith } from '../reachability/network.fixture';
import { ingressRestricted } from './ingress-restricted';

const checked = (changes: NetworkChanges = {}, environment = environmentWith()) =>
  findingsIn(ingressRestricted, networkWith(changes, environment));
const http = (attributes: object) => ({ aws_vpc_security_group_ingress_rule: { Http: { ...attributes } } });
const test = { aws_lb_listener: { Test: { load_balancer_arn: '${aws_lb.L.arn}', port: 8443 } } };
const testPort = { from_port: 8443, to_port: 8443 };

describe('ingress-restricted (R1.3, R6.1)', () => {
  it('accepts the allowed networks on the ports of the listeners', () => {
    expect(checked()).toEqual([]);
    const testers = environmentWith({ loadBalancer: { testListener: { allowedCidrs: ['192.0.2.0/24'] } } });
    expect(checked({ ...test, ...http({ ...testPort, cidr_ipv4: '192.0.2.0/24' }) }, testers)).toEqual([]);
  });

  it.each([
    [{ to_port: 90 }, 'tcp 80-90'],
    [{ from_port: 22, to_port: 22 }, 'tcp 22'],
    [{ ip_protocol: 'udp' }, 'udp 80'],
  ])('refuses a port without a listener: %j', (attributes, ports) => {
    expect(checked(http(attributes))).toEqual([
      `aws_vpc_security_group_ingress_rule.Http: ${ports} from 0.0.0.0/0 - allow only the ports of its listeners: tcp 80`,
    ]);
  });

  it('refuses networks that the environment file does not allow', () => {
    const fix = 'add the network to loadBalancer of the environment file, or remove the rule';
    const narrow = environmentWith({ loadBalancer: { allowedCidrs: ['198.51.100.0/24'] } });
    expect(checked({}, narrow)).toEqual([`aws_vpc_security_group_ingress_rule.Http: tcp 80 from 0.0.0.0/0 - ${fix}`]);
    expect(checked({ ...test, ...http(testPort) })).toEqual([
      `aws_vpc_security_group_ingress_rule.Http: tcp 8443 from 0.0.0.0/0 - ${fix}`,
    ]);
    expect(checked(http({ cidr_ipv4: undefined, referenced_security_group_id: 'sg-1' }))).toEqual([
      `aws_vpc_security_group_ingress_rule.Http: tcp 80 from sg-1 - ${fix}`,
    ]);
  });

  it('accepts any network without an environment file', () => {
    expect(findingsIn(ingressRestricted, networkWith(http({ cidr_ipv4: '198.51.100.0/24' })))).toEqual([]);
  });

  it('does not apply to a network without a load balancer', () => {
    expect(findingsIn(ingressRestricted, modelWith({ aws_vpc: { V: {} } }))).toBe('not applicable');
  });
});
