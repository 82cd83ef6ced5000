import { describePath } from './connections';
import { type NetworkChanges, networkWith } from './network.fixture';
import { reach } from './reach';

const all = { protocol: '-1', from_port: 0, to_port: 0, cidr_block: '0.0.0.0/0' };
const open = {
  ingress: [{ ...all, rule_no: 100, action: 'allow' }],
  egress: [{ ...all, rule_no: 100, action: 'allow' }],
};
const subnets = (name: string) => [0, 1, 2].map((zone) => `\${aws_subnet.${name}${zone}.id}`);
const acl = (name: string, attributes: object): NetworkChanges => ({
  aws_network_acl: { A: { subnet_ids: subnets(name), ...attributes } },
});
const rule = (direction: string, attributes: object) => ({
  network_acl_id: '${aws_network_acl.A.id}',
  egress: direction === 'egress',
  rule_number: 100,
  rule_action: 'allow',
  ...all,
  ...attributes,
});
const isOpen = (from: string, to: string, changes: NetworkChanges) =>
  reach(networkWith(changes), { from, to }).length > 0;
const tcp = (from_port: number, to_port = from_port) => ({ protocol: 'tcp', from_port, to_port });

describe('network ACLs', () => {
  it('block traffic without a matching rule', () => {
    for (const [from, to] of [
      ['internet', 'load-balancer'],
      ['load-balancer', 'tasks'],
    ] as const) {
      expect(isOpen(from, to, acl('Public', {}))).toBe(false);
      expect(isOpen(from, to, acl('Public', open))).toBe(true);
    }
    expect(isOpen('tasks', 's3', acl('Private', {}))).toBe(false);
    expect(isOpen('tasks', 's3', acl('Private', open))).toBe(true);
  });

  it('are among the reasons', () => {
    const [path] = reach(networkWith(acl('Public', open)), { from: 'internet', to: 'load-balancer' });
    expect(describePath(path!)).toContain(
      '  aws_network_acl.A: allows all traffic from 0.0.0.0/0, by aws_network_acl.A',
    );
    const [out] = reach(networkWith(acl('Private', open)), { from: 'tasks', to: 's3' });
    expect(describePath(out!)).toContain('  aws_network_acl.A: allows all traffic to 0.0.0.0/0, by aws_network_acl.A');
  });

  it('are stateless: responses need their own rule', () => {
    const both = (answers: object) => ({
      ...acl('Public', {}),
      aws_network_acl_rule: {
        In: rule('ingress', tcp(80)),
        Out: rule('egress', answers),
        Other: { network_acl_id: 'acl-1' },
      },
    });
    expect(isOpen('internet', 'load-balancer', both(tcp(1024, 65535)))).toBe(true);
    expect(isOpen('internet', 'load-balancer', both(tcp(32768, 61000)))).toBe(true);
    expect(isOpen('internet', 'load-balancer', both(tcp(80)))).toBe(false);
  });

  it('apply the rule with the lowest number that matches all of the traffic', () => {
    const first = (attributes: object) => ({
      ...acl('Public', open),
      aws_network_acl_rule: { First: rule('ingress', { rule_number: 1, rule_action: 'deny', ...attributes }) },
    });
    expect(isOpen('internet', 'load-balancer', first({}))).toBe(false);
    expect(isOpen('internet', 'load-balancer', first(tcp(80)))).toBe(false);
    expect(isOpen('internet', 'load-balancer', first(tcp(22)))).toBe(true);
    expect(isOpen('internet', 'load-balancer', first({ cidr_block: '192.0.2.0/24' }))).toBe(true);
    expect(isOpen('internet', 'load-balancer', first({ cidr_block: undefined, ipv6_cidr_block: '::/0' }))).toBe(true);
    expect(isOpen('internet', 'load-balancer', first({ rule_number: 200 }))).toBe(true);
    expect(
      isOpen('tasks', 's3', {
        ...acl('Private', open),
        aws_network_acl_rule: { First: rule('egress', { rule_number: 1, rule_action: 'deny', ...tcp(440, 443) }) },
      }),
    ).toBe(false);
    expect(
      isOpen('tasks', 's3', {
        ...acl('Private', open),
        aws_network_acl_rule: { First: rule('egress', { rule_number: 1, rule_action: 'deny', protocol: 'udp' }) },
      }),
    ).toBe(true);
  });

  it('are those of the subnet, by list or association, otherwise the default ACL of its VPC', () => {
    const byDefault = {
      aws_default_network_acl: { D: { default_network_acl_id: '${aws_vpc.V.default_network_acl_id}' } },
    };
    expect(isOpen('internet', 'load-balancer', byDefault)).toBe(false);
    expect(isOpen('internet', 'load-balancer', { ...byDefault, ...acl('Public', open) })).toBe(true);
    const associated = Object.fromEntries(
      [0, 1, 2].map((zone) => [
        `A${zone}`,
        { network_acl_id: '${aws_network_acl.A.id}', subnet_id: `\${aws_subnet.Public${zone}.id}` },
      ]),
    );
    const beside = {
      aws_network_acl: { A: open },
      aws_network_acl_association: { ...associated, Other: { network_acl_id: 'acl-1' } },
    };
    expect(isOpen('internet', 'load-balancer', { ...byDefault, ...beside })).toBe(true);
    const elsewhere = { aws_default_network_acl: { D: { default_network_acl_id: 'acl-1' } } };
    expect(isOpen('internet', 'load-balancer', elsewhere)).toBe(true);
    const unknown = { ...byDefault, aws_subnet: { Public0: { vpc_id: 'vpc-1' } } };
    expect(isOpen('internet', 'load-balancer', unknown)).toBe(true);
  });

  it('apply to traffic to and from a NAT gateway', () => {
    const out = {
      aws_vpc_security_group_egress_rule: {
        Out: {
          security_group_id: '${aws_security_group.Tasks.id}',
          ip_protocol: 'tcp',
          from_port: 443,
          to_port: 443,
          cidr_ipv4: '192.0.2.0/24',
        },
      },
    };
    expect(isOpen('tasks', 'internet', { ...out, ...acl('Private', {}) })).toBe(false);
    expect(isOpen('tasks', 'internet', { ...out, ...acl('Public', {}) })).toBe(false);
    expect(isOpen('tasks', 'internet', { ...out, ...acl('Public', open) })).toBe(true);
    const inside = { ...all, rule_no: 1, action: 'allow', cidr_block: '10.0.0.0/16' };
    expect(isOpen('tasks', 'internet', { ...out, ...acl('Public', { ingress: [inside], egress: [inside] }) })).toBe(
      false,
    );
    expect(
      isOpen('tasks', 'internet', { ...out, aws_nat_gateway: { N0: { subnet_id: 'subnet-1' }, N1: null, N2: null } }),
    ).toBe(false);
  });

  it('do not apply within a subnet, and apply between all subnets of two resources', () => {
    const together = {
      aws_ecs_service: {
        S: {
          network_configuration: { subnets: subnets('Public'), security_groups: ['${aws_security_group.Tasks.id}'] },
        },
      },
    };
    expect(isOpen('load-balancer', 'tasks', { ...together, ...acl('Public', {}) })).toBe(true);
    const one = { aws_network_acl: { A: { subnet_ids: ['${aws_subnet.Private0.id}'] } } };
    expect(isOpen('load-balancer', 'tasks', one)).toBe(true);
    const unknown = {
      aws_subnet: Object.fromEntries([0, 1, 2].map((zone) => [`Public${zone}`, { cidr_block: undefined }])),
    };
    expect(isOpen('load-balancer', 'tasks', { ...unknown, ...acl('Private', open) })).toBe(true);
  });
});
