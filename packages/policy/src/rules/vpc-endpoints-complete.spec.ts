import { environmentWith } from '../environment.fixture';
import { findingsIn, modelWith } from '../model.fixture';
import type { Attributes } from '../model/value';
import { type NetworkChanges, networkWith } from '../reachability/network.fixture';
import { vpcEndpointsComplete } from './vpc-endpoints-complete';

const checked = (changes: NetworkChanges = {}, environment = environmentWith()) =>
  findingsIn(vpcEndpointsComplete, networkWith(changes, environment));
const endpoint = (name: string, attributes: Attributes | null) => ({ aws_vpc_endpoint: { [name]: attributes } });
const missing = (service: string, reason: string) =>
  `aws_ecs_service.S: no endpoint for ${service}, which is required for ${reason} - add one; if the application needs it, in network.endpoints`;
const unreached = (service: string) =>
  `aws_ecs_service.S: an endpoint for ${service} that the tasks cannot reach - allow tcp 443 between their security groups; for a gateway endpoint, associate it with the route tables of the tasks`;
const policy = (statement: object) => JSON.stringify({ Statement: { Effect: 'Allow', Principal: '*', ...statement } });

describe('vpc-endpoints-complete (R11)', () => {
  it('accepts the endpoints that tasks need, in their subnets', () => {
    expect(checked()).toEqual([]);
    expect(findingsIn(vpcEndpointsComplete, networkWith())).toEqual([]);
  });

  it.each([
    ['ecrapi', 'ecr.api', 'the image'],
    ['ecrdkr', 'ecr.dkr', 'the image'],
    ['s3', 's3', 'the image'],
    ['ecs', 'ecs', 'the tasks themselves (R11.1)'],
    ['logs', 'logs', 'logs (R11.1)'],
  ])('refuses tasks without %s', (name, service, reason) => {
    expect(checked(endpoint(name, null))).toEqual([missing(service, reason)]);
  });

  it('refuses ECS Exec without its endpoint, and without the KMS endpoint', () => {
    const cluster = (key?: string) => ({
      aws_ecs_cluster: { C: { configuration: { execute_command_configuration: { kms_key_id: key } } } },
      aws_ecs_service: { S: { enable_execute_command: true, cluster: '${aws_ecs_cluster.C.arn}' } },
    });
    expect(checked(cluster())).toEqual([missing('ssmmessages', 'sessions of ECS Exec')]);
    expect(checked(cluster('k'))).toEqual([
      missing('ssmmessages', 'sessions of ECS Exec'),
      missing('kms', 'sessions of ECS Exec'),
    ]);
  });

  it('refuses secrets without an endpoint', () => {
    const secrets = [
      { valueFrom: 'arn:aws:ssm:r:a:parameter/x' },
      { valueFrom: 'arn:aws:secretsmanager:r:a:secret:x' },
      {},
    ];
    const task = { aws_ecs_task_definition: { T: { container_definitions: JSON.stringify([{ secrets }]) } } };
    expect(checked(task)).toEqual([
      missing('ssm', 'secrets of the container'),
      missing('secretsmanager', 'secrets of the container'),
    ]);
  });

  it('refuses services of the task role or the environment file without an endpoint', () => {
    const Action = ['sqs:SendMessage', 's3:GetObject', 'unknown:Thing'];
    const role = {
      aws_iam_role: { R: { name: 'role' } },
      aws_iam_role_policy: {
        P: { role: '${aws_iam_role.R.id}', policy: policy({ Action }) },
        Other: { role: 'other', policy: policy({ Action: 'sns:Publish' }) },
      },
      aws_ecs_task_definition: { T: { task_role_arn: '${aws_iam_role.R.arn}' } },
    };
    const named = environmentWith({ network: { endpoints: ['states'] } });
    expect(checked(role, named)).toEqual([
      missing('sqs', 'sqs:SendMessage of the task role'),
      missing('states', 'network.endpoints of the environment file'),
    ]);
  });

  it('accepts the internet instead of an endpoint if tasks can reach it', () => {
    const out = (cidr_ipv4: string) => ({
      aws_vpc_security_group_egress_rule: {
        Out: { security_group_id: '${aws_security_group.Tasks.id}', ip_protocol: '-1', cidr_ipv4 },
      },
      ...endpoint('logs', null),
    });
    expect(checked(out('0.0.0.0/0'))).toEqual([]);
    expect(checked(out('192.0.2.0/24'))).toEqual([missing('logs', 'logs (R11.1)')]);
  });

  it('refuses endpoints that tasks cannot reach', () => {
    expect(checked({ aws_vpc_security_group_ingress_rule: { Endpoints: { from_port: 80, to_port: 80 } } })).toEqual(
      ['ecr.api', 'ecr.dkr', 'ecs', 'logs'].map(unreached),
    );
    expect(checked({ aws_vpc_security_group_egress_rule: { S3: null } })).toEqual([unreached('s3')]);
  });

  it('accepts endpoints in one zone if the environment says so, but not in none', () => {
    const environment = environmentWith({ network: { endpointZones: 'one' } });
    const one = endpoint('logs', { subnet_ids: ['${aws_subnet.Private0.id}'] });
    expect(checked(one, environment)).toEqual([]);
    expect(checked(one)).toHaveLength(2);
    expect(checked(endpoint('logs', { subnet_ids: [] }), environment)).not.toEqual([]);
  });

  it('refuses public DNS, missing subnets, and the security group of another resource', () => {
    expect(
      checked(
        endpoint('logs', {
          private_dns_enabled: false,
          subnet_ids: ['${aws_subnet.Private0.id}', '${aws_subnet.Private1.id}'],
        }),
      ),
    ).toEqual([
      'aws_vpc_endpoint.logs: private_dns_enabled false - set it to true',
      'aws_vpc_endpoint.logs: no network interface in aws_subnet.Private2 - add every subnet of the tasks to subnet_ids',
    ]);
    expect(
      checked(
        endpoint('logs', {
          security_group_ids: ['${aws_security_group.Endpoints.id}', '${aws_security_group.Tasks.id}'],
        }),
      ),
    ).toEqual(['aws_vpc_endpoint.logs: the group of aws_ecs_service.S - give it its own security group']);
    expect(checked(endpoint('logs', { security_group_ids: [] }))).toEqual([
      unreached('logs'),
      'aws_vpc_endpoint.logs: no security group, so AWS uses the default group of the VPC - give it its own security group',
    ]);
  });

  it('refuses a VPC without DNS support', () => {
    const names = { enable_dns_support: false, enable_dns_hostnames: undefined };
    expect(checked({ aws_vpc: { V: names } })).toEqual([
      'aws_vpc.V: enable_dns_support false - set it to true',
      'aws_vpc.V: enable_dns_hostnames none - set it to true',
    ]);
    expect(
      checked({ aws_subnet: Object.fromEntries([0, 1, 2].map((zone) => [`Private${zone}`, { vpc_id: 'vpc-1' }])) }),
    ).toContain(missing('ecr.api', 'the image'));
  });

  it('refuses an endpoint of the wrong kind', () => {
    expect(checked(endpoint('logs', { vpc_endpoint_type: undefined }))).toEqual([
      'aws_vpc_endpoint.logs: vpc_endpoint_type none - set it to Interface',
    ]);
  });

  it('refuses a gateway endpoint that some route tables do not have', () => {
    const tables = { route_table_ids: ['${aws_route_table.Private0.id}', '${aws_route_table.Private1.id}'] };
    const line =
      'aws_vpc_endpoint.s3: no path from aws_subnet.Private2 - associate it with the route table of that subnet';
    expect(checked(endpoint('s3', tables))).toEqual([line]);
    expect(checked({ aws_route_table_association: { Private2: null } })).toEqual([line]);
  });

  it.each([
    [{ Action: '*', Resource: '*' }, '* on *'],
    [{ Action: 'logs:PutLogEvents', Resource: '*' }, 'logs:PutLogEvents on *'],
    [{ Sid: 'Open', Action: 'logs:*', Resource: '*' }, 'logs:* on * (Open)'],
  ])('refuses the policy %j', (statement, got) => {
    expect(checked(endpoint('logs', { policy: policy(statement) }))).toEqual([
      `aws_vpc_endpoint.logs: a policy that allows ${got} to anyone - list actions, and resources or the account of the caller`,
    ]);
  });

  it('refuses a missing policy, and does not check one that is unknown until apply', () => {
    expect(checked(endpoint('logs', { policy: undefined }))).toEqual([
      'aws_vpc_endpoint.logs: no policy, so the default policy, which allows everything - allow what the tasks need',
    ]);
    expect(checked(endpoint('logs', { policy: '${aws_iam_policy.P.policy}' }))).toEqual([
      'aws_vpc_endpoint.logs: not checked: policy is unknown until apply',
    ]);
    expect(checked(endpoint('logs', { policy: policy({ Effect: 'Deny', Action: '*', Resource: '*' }) }))).toEqual([]);
    const ours = { Action: '*', Resource: '*', Condition: { StringEquals: { 'aws:PrincipalAccount': '1' } } };
    expect(checked(endpoint('logs', { policy: policy(ours) }))).toEqual([]);
    expect(
      checked(endpoint('logs', { policy: policy({ Principal: { AWS: 'arn' }, Action: 'logs:*', Resource: '*' }) })),
    ).toEqual([]);
  });

  it('does not apply to a network without tasks', () => {
    expect(findingsIn(vpcEndpointsComplete, modelWith({ aws_vpc: { V: {} } }))).toBe('not applicable');
  });
});
