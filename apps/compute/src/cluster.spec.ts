import { synthCompute } from './compute-stack.fixture';

const stack = synthCompute();
const cluster = stack.resource('aws_ecs_cluster', 'Cluster/Resource');

describe('cluster', () => {
  it('R3.1 enables Container Insights with enhanced observability', () => {
    expect(cluster).toMatchObject({
      name: 'ecs-cluster-test',
      setting: [{ name: 'containerInsights', value: 'enhanced' }],
    });
  });

  it('R3.2 has FARGATE and FARGATE_SPOT, by default with the weights of the service', () => {
    expect(stack.resource('aws_ecs_cluster_capacity_providers', 'Cluster/CapacityProviders')).toMatchObject({
      cluster_name: stack.reference('aws_ecs_cluster', 'Cluster/Resource', 'name'),
      capacity_providers: ['FARGATE', 'FARGATE_SPOT'],
      default_capacity_provider_strategy: [
        { capacity_provider: 'FARGATE_SPOT', weight: 70, base: 0 },
        { capacity_provider: 'FARGATE', weight: 30, base: 0 },
      ],
    });
  });

  it('R3.3 encrypts and logs ECS Exec sessions', () => {
    expect(cluster['configuration']).toEqual({
      execute_command_configuration: {
        kms_key_id: stack.reference('aws_kms_key', 'Logs/Key/Resource', 'arn'),
        logging: 'OVERRIDE',
        log_configuration: {
          cloud_watch_encryption_enabled: true,
          cloud_watch_log_group_name: stack.reference('aws_cloudwatch_log_group', 'Logs/Exec', 'name'),
        },
      },
    });
  });
});
