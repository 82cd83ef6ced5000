import type { Environment } from '@nightshift/config';
import { modelWith, type Resources } from '../model.fixture';
import type { Model } from '../model/model';
import type { Attributes } from '../model/value';

/** Changes to resources by type and name; `null` takes one away. */
export type NetworkChanges = Readonly<Record<string, Readonly<Record<string, Attributes | null>>>>;

const ZONES = [0, 1, 2] as const;
const each = (make: (zone: number) => readonly [name: string, attributes: Attributes]) =>
  Object.fromEntries(ZONES.map(make));
const ids = (name: string) => ZONES.map((zone) => `\${aws_subnet.${name}${zone}.id}`);
const allow = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: ['ecr:BatchGetImage'], Resource: ['arn'] }],
};
const endpoint = (service: string): Attributes => ({
  vpc_id: '${aws_vpc.V.id}',
  service_name: `com.amazonaws.eu-west-1.${service}`,
  vpc_endpoint_type: 'Interface',
  private_dns_enabled: true,
  subnet_ids: ids('Private'),
  security_group_ids: ['${aws_security_group.Endpoints.id}'],
  policy: JSON.stringify(allow),
});
const port = (number: number, peer: Attributes): Attributes => ({
  ip_protocol: 'tcp',
  from_port: number,
  to_port: number,
  description: 'd',
  ...peer,
});
const group = (name: string) => `\${aws_security_group.${name}.id}`;

/** A minimal platform: a load balancer in three public subnets, tasks and endpoints in three private ones. */
const base: Resources = {
  aws_vpc: { V: { cidr_block: '10.0.0.0/16', enable_dns_hostnames: true } },
  aws_default_security_group: { D: { vpc_id: '${aws_vpc.V.id}' } },
  aws_subnet: {
    ...each((zone) => [
      `Public${zone}`,
      { vpc_id: '${aws_vpc.V.id}', cidr_block: `10.0.${zone}.0/24`, availability_zone: `z${zone}` },
    ]),
    ...each((zone) => [
      `Private${zone}`,
      { vpc_id: '${aws_vpc.V.id}', cidr_block: `10.0.1${zone}.0/24`, availability_zone: `z${zone}` },
    ]),
  },
  aws_internet_gateway: { I: { vpc_id: '${aws_vpc.V.id}' } },
  aws_nat_gateway: each((zone) => [`N${zone}`, { subnet_id: `\${aws_subnet.Public${zone}.id}` }]),
  aws_route_table: { Public: {}, ...each((zone) => [`Private${zone}`, {}]) },
  aws_route: {
    Public: {
      route_table_id: '${aws_route_table.Public.id}',
      destination_cidr_block: '0.0.0.0/0',
      gateway_id: '${aws_internet_gateway.I.id}',
    },
    ...each((zone) => [
      `Private${zone}`,
      {
        route_table_id: `\${aws_route_table.Private${zone}.id}`,
        destination_cidr_block: '0.0.0.0/0',
        nat_gateway_id: `\${aws_nat_gateway.N${zone}.id}`,
      },
    ]),
  },
  aws_route_table_association: {
    ...each((zone) => [
      `Public${zone}`,
      { subnet_id: `\${aws_subnet.Public${zone}.id}`, route_table_id: '${aws_route_table.Public.id}' },
    ]),
    ...each((zone) => [
      `Private${zone}`,
      { subnet_id: `\${aws_subnet.Private${zone}.id}`, route_table_id: `\${aws_route_table.Private${zone}.id}` },
    ]),
  },
  aws_security_group: { Balancer: { description: 'b' }, Tasks: { description: 't' }, Endpoints: { description: 'e' } },
  aws_vpc_security_group_ingress_rule: {
    Http: { security_group_id: group('Balancer'), ...port(80, { cidr_ipv4: '0.0.0.0/0' }) },
    Tasks: { security_group_id: group('Tasks'), ...port(8080, { referenced_security_group_id: group('Balancer') }) },
    Endpoints: {
      security_group_id: group('Endpoints'),
      ...port(443, { referenced_security_group_id: group('Tasks') }),
    },
  },
  aws_vpc_security_group_egress_rule: {
    Balancer: { security_group_id: group('Balancer'), ...port(8080, { referenced_security_group_id: group('Tasks') }) },
    Endpoints: {
      security_group_id: group('Tasks'),
      ...port(443, { referenced_security_group_id: group('Endpoints') }),
    },
    S3: {
      security_group_id: group('Tasks'),
      ...port(443, { prefix_list_id: '${data.aws_ec2_managed_prefix_list.S3.id}' }),
    },
  },
  aws_vpc_endpoint: {
    ...Object.fromEntries(
      ['ecr.api', 'ecr.dkr', 'ecs', 'logs'].map((service) => [service.replace('.', ''), endpoint(service)]),
    ),
    s3: {
      vpc_id: '${aws_vpc.V.id}',
      service_name: 'com.amazonaws.eu-west-1.s3',
      vpc_endpoint_type: 'Gateway',
      route_table_ids: ZONES.map((zone) => `\${aws_route_table.Private${zone}.id}`),
      policy: JSON.stringify(allow),
    },
  },
  aws_lb: { L: { internal: false, subnets: ids('Public'), security_groups: [group('Balancer')] } },
  aws_lb_target_group: { Blue: { name: 'blue' }, Green: { name: 'green' } },
  aws_lb_listener: {
    Http: {
      load_balancer_arn: '${aws_lb.L.arn}',
      port: 80,
      default_action: [{ target_group_arn: '${aws_lb_target_group.Blue.arn}' }],
    },
  },
  aws_ecs_task_definition: { T: { container_definitions: '[]' } },
  aws_ecs_service: {
    S: {
      name: 'service',
      task_definition: '${aws_ecs_task_definition.T.arn}',
      network_configuration: { subnets: ids('Private'), security_groups: [group('Tasks')], assign_public_ip: false },
      load_balancer: [{ container_port: 8080, target_group_arn: '${aws_lb_target_group.Blue.arn}' }],
    },
  },
};

const data = { aws_ec2_managed_prefix_list: { S3: { name: 'com.amazonaws.eu-west-1.s3' } } };

/** The network with changes. */
export function networkWith(changes: NetworkChanges = {}, environment?: Environment): Model {
  const types = [...new Set([...Object.keys(base), ...Object.keys(changes)])];
  const resources = types.map((type) => {
    const named = { ...base[type] };
    const changed = Object.entries(changes[type] ?? {}).map(([name, own]) => [name, own && { ...named[name], ...own }]);
    const kept = Object.entries({ ...named, ...Object.fromEntries(changed) }).filter(
      ([, attributes]) => attributes !== null,
    );
    return [type, Object.fromEntries(kept)];
  });
  return modelWith(Object.fromEntries(resources) as Resources, { data }, environment);
}
