import { testEnvironment, type EnvironmentOverrides } from '@nightshift/testing';
import { securityGroupRules, type Group, type SecurityGroupRule } from './security-group-rules';

const rulesOf = (overrides: EnvironmentOverrides = {}) => securityGroupRules(testEnvironment(overrides));
const of = (rules: readonly SecurityGroupRule[], group: Group, direction: 'ingress' | 'egress') =>
  rules
    .filter((rule) => rule.group === group && rule.direction === direction)
    .map(({ port, peer }) => ({ port, peer }));

const certificateArn = 'arn:aws:acm:us-east-1:123456789012:certificate/abc';

describe('security group rules', () => {
  it('R1.3 open port 80 of the load balancer to the allowed networks', () => {
    const rules = rulesOf({ loadBalancer: { allowedCidrs: ['192.0.2.0/24', '198.51.100.0/24'] } });
    expect(of(rules, 'load-balancer', 'ingress')).toEqual([
      { port: 80, peer: { cidr: '192.0.2.0/24' } },
      { port: 80, peer: { cidr: '198.51.100.0/24' } },
    ]);
  });

  it('R6.4 open port 443 too with a certificate', () => {
    const rules = rulesOf({ loadBalancer: { listener: { protocol: 'HTTPS', certificateArn } } });
    expect(of(rules, 'load-balancer', 'ingress')).toEqual([
      { port: 80, peer: { cidr: '0.0.0.0/0' } },
      { port: 443, peer: { cidr: '0.0.0.0/0' } },
    ]);
  });

  it('R10.1 open the test listener to nobody by default', () => {
    expect(of(rulesOf(), 'load-balancer', 'ingress').map(({ port }) => port)).toEqual([80]);
  });

  it('R10.1 open the test listener to its own networks, independent of those of the load balancer', () => {
    const rules = rulesOf({ loadBalancer: { testListener: { port: 9443, allowedCidrs: ['203.0.113.0/24'] } } });
    expect(of(rules, 'load-balancer', 'ingress')).toEqual([
      { port: 80, peer: { cidr: '0.0.0.0/0' } },
      { port: 9443, peer: { cidr: '203.0.113.0/24' } },
    ]);
  });

  it('R1.3 let the load balancer send only to tasks, on the port of the container', () => {
    expect(of(rulesOf({ container: { port: 9000 } }), 'load-balancer', 'egress')).toEqual([
      { port: 9000, peer: { group: 'tasks' } },
    ]);
  });

  it('R1.3 let tasks receive only from the load balancer, on the port of the container', () => {
    expect(of(rulesOf({ container: { port: 9000 } }), 'tasks', 'ingress')).toEqual([
      { port: 9000, peer: { group: 'load-balancer' } },
    ]);
  });

  it('keep the previous port of the container open beside the new one, with separate ids', () => {
    const toTasks = (container: EnvironmentOverrides['container']) =>
      rulesOf({ container })
        .filter(({ id }) => /^LoadBalancerTo|FromLoadBalancer/.test(id))
        .map(({ id, port, movedFrom }) => ({ id, port, moved: movedFrom !== undefined }));
    const rulesFor = (port: number, moved: boolean) => [
      { id: `LoadBalancerToTasks:${port}`, port, moved },
      { id: `TasksFromLoadBalancer:${port}`, port, moved },
    ];
    expect(toTasks({ port: 8080 })).toEqual(rulesFor(8080, true));
    expect(toTasks({ port: 9090, previousPort: 8080 })).toEqual([...rulesFor(8080, true), ...rulesFor(9090, false)]);
    expect(toTasks({ port: 9090 })).toEqual(rulesFor(9090, true));
  });

  it('R1.3 let tasks send to endpoints and S3 only', () => {
    expect(of(rulesOf(), 'tasks', 'egress')).toEqual([
      { port: 443, peer: { group: 'endpoints' } },
      { port: 443, peer: { service: 's3' } },
    ]);
  });

  it('R1.3 let tasks send to the destinations in the environment file, with their descriptions', () => {
    const rules = rulesOf({
      network: {
        egress: [
          { description: 'Market data', cidr: '192.0.2.0/24' },
          { description: 'Results', cidr: '192.0.2.0/24', port: 5432 },
        ],
      },
    });
    expect(of(rules, 'tasks', 'egress').slice(2)).toEqual([
      { port: 443, peer: { cidr: '192.0.2.0/24' } },
      { port: 5432, peer: { cidr: '192.0.2.0/24' } },
    ]);
    expect(rules.slice(-2).map(({ description }) => description)).toEqual(['Market data', 'Results']);
  });

  it('R11.3 let endpoints receive from tasks only and send nothing', () => {
    expect(of(rulesOf(), 'endpoints', 'ingress')).toEqual([{ port: 443, peer: { group: 'tasks' } }]);
    expect(of(rulesOf(), 'endpoints', 'egress')).toEqual([]);
  });

  it('keep their ids when an earlier network is removed, so that AWS never gets a duplicate rule', () => {
    const idsOf = (allowedCidrs: string[]) => rulesOf({ loadBalancer: { allowedCidrs } }).map(({ id }) => id);
    const before = idsOf(['192.0.2.0/24', '198.51.100.0/24']);
    expect(before).toEqual(expect.arrayContaining(idsOf(['198.51.100.0/24'])));
    expect(new Set(before).size).toBe(before.length);
  });
});
