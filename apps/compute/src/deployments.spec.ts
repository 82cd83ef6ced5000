import { addressOf } from './address-of.fixture';
import { synthCompute } from './compute-stack.fixture';

const PATH = 'Deployments/Group';
const stack = synthCompute();
const group = stack.resource('aws_codedeploy_deployment_group', PATH);
const routed = (trafficRouting: { type: 'linear' | 'canary'; percentage: number; intervalMinutes: number }) =>
  synthCompute({ deployment: { trafficRouting } });

describe('deployments', () => {
  it('R10.1 are blue/green between the two target groups, with a test listener', () => {
    const listener = (name: string) => stack.reference('aws_lb_listener', `Listeners/${name}`, 'arn');
    const target = (colour: string) => stack.reference('aws_lb_target_group', `TargetGroups/${colour}`, 'name');
    expect(stack.resource('aws_codedeploy_app', 'Deployments/Application')).toMatchObject({
      name: 'codedeploy-app-test',
      compute_platform: 'ECS',
    });
    expect(group).toMatchObject({
      app_name: stack.reference('aws_codedeploy_app', 'Deployments/Application', 'name'),
      deployment_group_name: 'codedeploy-group-test',
      deployment_style: { deployment_type: 'BLUE_GREEN', deployment_option: 'WITH_TRAFFIC_CONTROL' },
      ecs_service: {
        cluster_name: stack.reference('aws_ecs_cluster', 'Cluster/Resource', 'name'),
        service_name: stack.reference('aws_ecs_service', 'Service/Resource', 'name'),
      },
      load_balancer_info: {
        target_group_pair_info: {
          prod_traffic_route: { listener_arns: [listener('Production')] },
          test_traffic_route: { listener_arns: [listener('Test')] },
          target_group: [{ name: target('Blue') }, { name: target('Green') }],
        },
      },
    });
  });

  it('R10.2 shift 10 % of the traffic every minute with a predefined configuration', () => {
    expect(group['deployment_config_name']).toBe('CodeDeployDefault.ECSLinear10PercentEvery1Minutes');
    expect(stack.resources('aws_codedeploy_deployment_config')).toEqual({});
    expect(group).toMatchObject({
      blue_green_deployment_config: { deployment_ready_option: { action_on_timeout: 'CONTINUE_DEPLOYMENT' } },
    });
  });

  it.each([
    ['linear', 'TimeBasedLinear', 'time_based_linear'],
    ['canary', 'TimeBasedCanary', 'time_based_canary'],
  ] as const)('R10.2 shift by a custom configuration: %s', (type, routing, block) => {
    const other = routed({ type, percentage: 25, intervalMinutes: 2 });
    expect(other.resource('aws_codedeploy_deployment_config', 'Deployments/Config')).toMatchObject({
      deployment_config_name: `codedeploy-config-${type}-25-percent-2-minutes-test`,
      compute_platform: 'ECS',
      traffic_routing_config: { type: routing, [block]: { interval: 2, percentage: 25 } },
      lifecycle: { create_before_destroy: true },
    });
    expect(other.resource('aws_codedeploy_deployment_group', PATH)['deployment_config_name']).toBe(
      other.reference('aws_codedeploy_deployment_config', 'Deployments/Config', 'deployment_config_name'),
    );
  });

  it('R10.4 wait for the test of the new version if the test listener is reachable', () => {
    const open = synthCompute({ loadBalancer: { testListener: { allowedCidrs: ['198.51.100.0/24'] } } });
    expect(open.resource('aws_codedeploy_deployment_group', PATH)).toMatchObject({
      blue_green_deployment_config: {
        deployment_ready_option: { action_on_timeout: 'STOP_DEPLOYMENT', wait_time_in_minutes: 60 },
      },
    });
  });

  it('R10.3 keep the old tasks for 10 minutes, or the configured time', () => {
    const waiting = (minutes: number) => ({
      blue_green_deployment_config: {
        terminate_blue_instances_on_deployment_success: {
          action: 'TERMINATE',
          termination_wait_time_in_minutes: minutes,
        },
      },
    });
    const longer = synthCompute({ deployment: { terminationWaitMinutes: 45 } });
    expect(group).toMatchObject(waiting(10));
    expect(longer.resource('aws_codedeploy_deployment_group', PATH)).toMatchObject(waiting(45));
  });

  it('R10.4 roll back on failure, on an alarm and on a stop request', () => {
    expect(group['auto_rollback_configuration']).toEqual({
      enabled: true,
      events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM', 'DEPLOYMENT_STOP_ON_REQUEST'],
    });
  });

  it('R10.4 stop if a gate alarm fires or if alarms cannot be read', () => {
    const gates = ['FailedRequests', 'UnhealthyHostCountBlue', 'UnhealthyHostCountGreen'];
    expect(group['alarm_configuration']).toEqual({
      enabled: true,
      ignore_poll_alarm_failure: false,
      alarms: gates.map((id) => stack.reference('aws_cloudwatch_metric_alarm', `Gates/${id}`, 'alarm_name')),
    });
  });

  it('R9 use a role for this service, created before the deployment group', () => {
    const place = '${data.aws_region.Region.name}:${data.aws_caller_identity.Account.account_id}';
    const arn = 'arn:${data.aws_partition.Partition.partition}';
    const cluster = stack.reference('aws_ecs_cluster', 'Cluster/Resource', 'name');
    const service = stack.reference('aws_ecs_service', 'Service/Resource', 'name');
    const loadBalancer = stack.reference('aws_lb', 'LoadBalancer/Resource', 'arn_suffix');
    expect(group).toMatchObject({
      service_role_arn: stack.reference('aws_iam_role', 'Deployments/Role/Resource', 'arn'),
      depends_on: [addressOf(stack, 'aws_iam_role_policy', 'Deployments/Role/Policy')],
    });
    expect(stack.parsed('aws_iam_role_policy', 'Deployments/Role/Policy', 'policy')).toMatchObject({
      Statement: [
        {
          Sid: 'ReplaceTaskSets',
          Resource: [
            stack.reference('aws_ecs_service', 'Service/Resource', 'id'),
            `${arn}:ecs:${place}:task-set/${cluster}/${service}/*`,
          ],
        },
        { Sid: 'ReadLoadBalancer' },
        {
          Sid: 'ShiftTraffic',
          Resource: [
            stack.reference('aws_lb_listener', 'Listeners/Production', 'arn'),
            stack.reference('aws_lb_listener', 'Listeners/Test', 'arn'),
            `${arn}:elasticloadbalancing:${place}:listener-rule/${loadBalancer}/*`,
          ],
        },
        { Sid: 'WatchGates' },
        {
          Sid: 'PassTaskRoles',
          Resource: [
            stack.reference('aws_iam_role', 'TaskRoles/Execution/Resource', 'arn'),
            stack.reference('aws_iam_role', 'TaskRoles/Task/Resource', 'arn'),
          ],
        },
      ],
    });
  });

  it('R9.3 trust CodeDeploy without a condition, since it documents no source', () => {
    expect(stack.parsed('aws_iam_role', 'Deployments/Role/Resource', 'assume_role_policy')).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'ServiceMayAssume',
          Effect: 'Allow',
          Principal: { Service: 'codedeploy.amazonaws.com' },
          Action: ['sts:AssumeRole'],
        },
      ],
    });
  });
});
