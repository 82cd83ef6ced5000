import { synthStack, testEnvironment } from '@nightshift/testing';
import { NetworkStack } from './network-stack';

const stack = synthStack((app) => {
  const environment = testEnvironment({ network: { endpoints: ['kinesis-streams'] } });
  return new NetworkStack(app, 'network', { environment });
});
const endpoints = stack.resources('aws_vpc_endpoint');
const interfaces = Object.entries(endpoints).filter(([path]) => path !== 'Endpoints/S3');

/** The longest policy that AWS takes: https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html */
const LONGEST_POLICY = 20_480;

describe('endpoints', () => {
  it('R11.1 use the services of the configured region', () => {
    expect(Object.fromEntries(interfaces.map(([path, { service_name }]) => [path, service_name]))).toEqual(
      Object.fromEntries(
        [
          ['EcrApi', 'ecr.api'],
          ['EcrDkr', 'ecr.dkr'],
          ['Ecs', 'ecs'],
          ['KinesisStreams', 'kinesis-streams'],
          ['Kms', 'kms'],
          ['Logs', 'logs'],
          ['Ssmmessages', 'ssmmessages'],
        ].map(([id, service]) => [`Endpoints/${id}`, `com.amazonaws.\${data.aws_region.Region.name}.${service}`]),
      ),
    );
  });

  it('R11.3, R11.4 are in every private subnet, with private DNS and their own security group', () => {
    const placement = {
      vpc_id: stack.reference('aws_vpc', 'Vpc/Resource', 'id'),
      vpc_endpoint_type: 'Interface',
      private_dns_enabled: true,
      subnet_ids: [0, 1, 2].map((zone) => stack.reference('aws_subnet', `Vpc/Private${zone}`, 'id')),
      security_group_ids: [stack.reference('aws_security_group', 'SecurityGroups/Endpoints', 'id')],
    };
    expect(interfaces.map(([, endpoint]) => endpoint)).toEqual(
      interfaces.map(() => expect.objectContaining(placement)),
    );
  });

  it('R11.3 are in the first private subnet only if the environment file says so', () => {
    const one = synthStack((app) => {
      const environment = testEnvironment({ network: { endpointZones: 'one' } });
      return new NetworkStack(app, 'network', { environment });
    });
    const subnet = one.reference('aws_subnet', 'Vpc/Private0', 'id');
    expect(one.resource('aws_vpc_endpoint', 'Endpoints/EcrApi')['subnet_ids']).toEqual([subnet]);
    expect(one.resource('aws_vpc_endpoint', 'Endpoints/S3')['route_table_ids']).toHaveLength(3);
  });

  it('R11.2 reach S3 through a gateway on every private route table', () => {
    expect(endpoints['Endpoints/S3']).toMatchObject({
      vpc_id: stack.reference('aws_vpc', 'Vpc/Resource', 'id'),
      vpc_endpoint_type: 'Gateway',
      service_name: 'com.amazonaws.${data.aws_region.Region.name}.s3',
      route_table_ids: [0, 1, 2].map((zone) =>
        stack.reference('aws_route_table', `InternetAccess/Private${zone}RouteTable`, 'id'),
      ),
    });
  });

  it('R11.2 use only attributes that gateway endpoints support', () => {
    const names = Object.keys(endpoints['Endpoints/S3'] ?? {});
    expect(names.filter((name) => /security_group|private_dns|subnet/.test(name))).toEqual([]);
  });

  it('R11.3 have policies with the account, partition and region that Terraform reads', () => {
    expect(stack.parsed('aws_vpc_endpoint', 'Endpoints/Kms', 'policy')).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'DecryptSessions',
          Effect: 'Allow',
          Principal: '*',
          Action: ['kms:Decrypt'],
          Resource: [
            'arn:${data.aws_partition.Partition.partition}:kms:${data.aws_region.Region.name}:${data.aws_caller_identity.Account.account_id}:key/*',
          ],
          Condition: { StringEquals: { 'aws:PrincipalAccount': '${data.aws_caller_identity.Account.account_id}' } },
        },
      ],
    });
    expect(stack.parsed('aws_vpc_endpoint', 'Endpoints/S3', 'policy')).toMatchObject({
      Statement: [
        {
          Resource: [
            'arn:${data.aws_partition.Partition.partition}:s3:::prod-${data.aws_region.Region.name}-starport-layer-bucket/*',
          ],
        },
      ],
    });
  });

  it('R11.3 have policies within the length limit of AWS', () => {
    const lengths = Object.values(endpoints).map(({ policy }) => String(policy).length);
    expect(Math.min(...lengths)).toBeGreaterThan(100);
    expect(Math.max(...lengths)).toBeLessThan(LONGEST_POLICY / 2);
  });

  it('R0.8 have Name tags', () => {
    expect(endpoints['Endpoints/EcrApi']?.['tags']).toEqual({ Name: 'vpc-endpoint-ecr-api-test' });
    expect(endpoints['Endpoints/KinesisStreams']?.['tags']).toEqual({ Name: 'vpc-endpoint-kinesis-streams-test' });
    expect(endpoints['Endpoints/S3']?.['tags']).toEqual({ Name: 'vpc-endpoint-s3-test' });
  });
});
