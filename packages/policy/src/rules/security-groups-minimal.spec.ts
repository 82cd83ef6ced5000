import { Model } from '../model/model';
import { environmentWith } from '../environment.fixture';
import { findingsIn, modelWith } from '../model.fixture';
import { type NetworkChanges, networkWith } from '../reachability/network.fixture';
import { securityGroupsMinimal } from './security-groups-minimal';

const checked = (changes: NetworkChanges = {}) => findingsIn(securityGroupsMinimal, networkWith(changes));
const group = (name: string) => `\${aws_security_group.${name}.id}`;
const egress = (name: string, attributes: object) => ({
  aws_vpc_security_group_egress_rule: { [name]: { ...attributes } },
});
const ingress = (name: string, attributes: object) => ({
  aws_vpc_security_group_ingress_rule: { [name]: { ...attributes } },
});
const https = { ip_protocol: 'tcp', from_port: 443, to_port: 443 };

describe('security-groups-minimal (R1.3, R11.3)', () => {
  it('accepts the ports in use', () => {
    expect(checked()).toEqual([]);
  });

  it('accepts the previous port of the container if the environment has it', () => {
    const previous = egress('Previous', {
      security_group_id: group('Balancer'),
      ip_protocol: 'tcp',
      from_port: 7070,
      to_port: 7070,
      referenced_security_group_id: group('Tasks'),
    });
    const environment = environmentWith({ container: { previousPort: 7070 } });
    expect(findingsIn(securityGroupsMinimal, networkWith(previous, environment))).toEqual([]);
  });

  it('refuses a load balancer that can send to other resources or ports', () => {
    const fix = 'let it send to its tasks only, on tcp 8080';
    expect(checked(egress('Balancer', { to_port: 8081 }))).toEqual([
      `aws_vpc_security_group_egress_rule.Balancer: tcp 8080-8081 to group aws_security_group.Tasks - ${fix}`,
    ]);
    expect(checked(egress('Balancer', { referenced_security_group_id: group('Endpoints') }))).toEqual([
      `aws_vpc_security_group_egress_rule.Balancer: tcp 8080 to group aws_security_group.Endpoints - ${fix}`,
    ]);
    expect(
      checked(egress('More', { security_group_id: group('Balancer'), ip_protocol: '-1', cidr_ipv4: '0.0.0.0/0' })),
    ).toEqual([`aws_vpc_security_group_egress_rule.More: all traffic to 0.0.0.0/0 - ${fix}`]);
    const elsewhere = egress('More', {
      security_group_id: group('Balancer'),
      ...https,
      from_port: 8080,
      to_port: 8080,
      cidr_ipv4: '0.0.0.0/0',
    });
    expect(checked(elsewhere)).toEqual([`aws_vpc_security_group_egress_rule.More: tcp 8080 to 0.0.0.0/0 - ${fix}`]);
  });

  it('ignores a load balancer of another service', () => {
    expect(checked({ aws_lb_listener: { Http: null }, ...egress('Balancer', { to_port: 9000 }) })).toEqual([]);
  });

  it('refuses tasks that can call AWS on other ports than tcp 443', () => {
    expect(checked(egress('Endpoints', { ip_protocol: '-1' }))).toEqual([
      'aws_vpc_security_group_egress_rule.Endpoints: all traffic to group aws_security_group.Endpoints - let tasks call AWS on tcp 443 only',
    ]);
    expect(checked(egress('S3', { from_port: 80 }))).toEqual([
      'aws_vpc_security_group_egress_rule.S3: tcp 80-443 to service s3 - let tasks call AWS on tcp 443 only',
    ]);
    expect(
      checked(egress('Out', { security_group_id: group('Tasks'), ip_protocol: '-1', cidr_ipv4: '192.0.2.0/24' })),
    ).toEqual([]);
  });

  it('refuses endpoints that accept other clients, or can send', () => {
    const fix = 'let it admit tasks only, on tcp 443';
    const four = (line: string) => Array.from({ length: 4 }, () => line);
    expect(checked(ingress('Endpoints', { to_port: 444 }))).toEqual(
      four(`aws_vpc_security_group_ingress_rule.Endpoints: tcp 443-444 from group aws_security_group.Tasks - ${fix}`),
    );
    expect(
      checked(ingress('More', { security_group_id: group('Endpoints'), ...https, cidr_ipv4: '10.0.0.0/16' })),
    ).toEqual(four(`aws_vpc_security_group_ingress_rule.More: tcp 443 from 10.0.0.0/16 - ${fix}`));
    expect(
      checked(egress('More', { security_group_id: group('Endpoints'), ...https, cidr_ipv4: '10.0.0.0/16' })),
    ).toEqual(
      four(
        'aws_vpc_security_group_egress_rule.More: tcp 443 to 10.0.0.0/16 - give endpoints a group without egress rules: they only answer',
      ),
    );
  });

  it('does not check the members of a group of another configuration in a plan', () => {
    const planned = (changes: NetworkChanges) =>
      findingsIn(securityGroupsMinimal, new Model({ source: 'plan', stacks: networkWith(changes).stacks }));
    const more = { security_group_id: group('Balancer'), ip_protocol: 'tcp', from_port: 8080, to_port: 8080 };
    expect(planned(egress('More', { ...more, referenced_security_group_id: 'sg-1' }))).toEqual([
      'aws_vpc_security_group_egress_rule.More: not checked: tcp 8080 to sg-1 refers to something outside of the plan',
    ]);
    const admitted = { security_group_id: group('Endpoints'), ...https, referenced_security_group_id: 'sg-1' };
    expect([...new Set(planned(ingress('More', admitted)))]).toEqual([
      'aws_vpc_security_group_ingress_rule.More: not checked: tcp 443 from sg-1 refers to something outside of the plan',
    ]);
  });

  it('does not apply to a network without tasks', () => {
    expect(findingsIn(securityGroupsMinimal, networkWith({ aws_ecs_service: { S: null } }))).toBe('not applicable');
    expect(findingsIn(securityGroupsMinimal, modelWith({}))).toBe('not applicable');
  });
});
