import { addressOf } from './address-of.fixture';
import { synthCompute } from './compute-stack.fixture';

const PATH = 'Service/Resource';
const stack = synthCompute();
const service = stack.resource('aws_ecs_service', PATH);

describe('service', () => {
  it('R5.1 starts with 3 tasks', () => {
    expect(service).toMatchObject({
      name: 'ecs-service-test',
      cluster: stack.reference('aws_ecs_cluster', 'Cluster/Resource', 'arn'),
      task_definition: stack.reference('aws_ecs_task_definition', 'TaskDefinition/Resource', 'arn'),
      desired_count: 3,
    });
    expect(synthCompute({ service: { desiredCount: 5 } }).resource('aws_ecs_service', PATH)['desired_count']).toBe(5);
  });

  it('R5.2 uses 70 % Spot and 30 % on-demand capacity, without a launch type', () => {
    expect(service['capacity_provider_strategy']).toEqual([
      { capacity_provider: 'FARGATE_SPOT', weight: 70, base: 0 },
      { capacity_provider: 'FARGATE', weight: 30, base: 0 },
    ]);
    expect(service).not.toHaveProperty('launch_type');
    expect(service['platform_version']).toBe('1.4.0');
  });

  it('R5.3 runs in private subnets without public IP addresses', () => {
    expect(service['network_configuration']).toEqual({
      subnets: ['subnet-private-0', 'subnet-private-1', 'subnet-private-2'],
      security_groups: ['sg-tasks'],
      assign_public_ip: false,
    });
  });

  it('R5.4 replaces tasks that the load balancer finds unhealthy, after a grace period', () => {
    const changed = synthCompute({ service: { healthCheckGracePeriodSeconds: 150 }, container: { port: 9090 } });
    expect(service).toMatchObject({
      health_check_grace_period_seconds: 60,
      load_balancer: [
        {
          target_group_arn: stack.reference('aws_lb_target_group', 'TargetGroups/Blue', 'arn'),
          container_name: 'batch-processor',
          container_port: 8080,
        },
      ],
    });
    expect(changed.resource('aws_ecs_service', PATH)).toMatchObject({
      health_check_grace_period_seconds: 150,
      load_balancer: [{ container_port: 9090 }],
    });
  });

  it('R3.3 enables ECS Exec', () => {
    expect(service['enable_execute_command']).toBe(true);
  });

  it('R10.1 ignores the changes of CodeDeploy and auto-scaling', () => {
    expect(service).toMatchObject({
      deployment_controller: { type: 'CODE_DEPLOY' },
      lifecycle: {
        ignore_changes: [
          'task_definition',
          'load_balancer',
          'desired_count',
          'capacity_provider_strategy',
          'network_configuration',
          'platform_version',
        ],
      },
    });
  });

  it('R10.1 uses no setting that ECS does not support with CodeDeploy', () => {
    expect(service['wait_for_steady_state']).toBe(false);
    expect(service).not.toHaveProperty('deployment_circuit_breaker');
    expect(service).not.toHaveProperty('force_new_deployment');
    expect(service).not.toHaveProperty('alarms');
  });

  it('R0.9 propagates its tags to its tasks', () => {
    expect(service).toMatchObject({ propagate_tags: 'SERVICE', enable_ecs_managed_tags: true });
  });

  it('R0.10 is deleted with its tasks', () => {
    expect(service['force_delete']).toBe(true);
  });

  it('is created after the resources that its tasks need, and deleted before them', () => {
    expect(service['depends_on']).toEqual([
      addressOf(stack, 'aws_lb_listener', 'Listeners/Production'),
      addressOf(stack, 'aws_lb_listener', 'Listeners/Test'),
      addressOf(stack, 'aws_ecs_cluster_capacity_providers', 'Cluster/CapacityProviders'),
      addressOf(stack, 'aws_iam_role_policy', 'TaskRoles/Execution/Policy'),
      addressOf(stack, 'aws_iam_role_policy', 'TaskRoles/Task/Policy'),
    ]);
  });
});
