import type { Block } from '@nightshift/testing';
import { synthCompute } from './compute-stack.fixture';

const stack = synthCompute();

/** What AWS calls the name, by resource type. Types that are not here have no name of their own. */
const NAMES: Readonly<Record<string, (block: Block) => unknown>> = {
  aws_appautoscaling_policy: ({ name }) => name,
  aws_appautoscaling_target: ({ tags }) => (tags as { Name: string }).Name,
  aws_cloudwatch_log_group: ({ name }) => name,
  aws_cloudwatch_metric_alarm: ({ alarm_name }) => alarm_name,
  aws_codedeploy_app: ({ name }) => name,
  aws_codedeploy_deployment_group: ({ deployment_group_name }) => deployment_group_name,
  aws_ecs_cluster: ({ name }) => name,
  aws_ecs_service: ({ name }) => name,
  aws_ecs_task_definition: ({ family }) => family,
  aws_iam_role: ({ name }) => name,
  aws_iam_role_policy: ({ name }) => name,
  aws_kms_alias: ({ name }) => name,
  aws_kms_key: ({ tags }) => (tags as { Name: string }).Name,
  aws_lb: ({ name }) => name,
  aws_lb_listener: ({ tags }) => (tags as { Name: string }).Name,
  aws_lb_target_group: ({ name }) => name,
  aws_s3_bucket: ({ bucket }) => bucket,
};
/** Settings of a named resource. */
const NAMELESS = /^aws_ecs_cluster_capacity_providers$|^aws_s3_bucket_/;

function namesIn(type: string): unknown[] {
  return Object.values(stack.resources(type)).map((block) => NAMES[type]?.(block));
}

function allBlocks(): Block[] {
  return stack.types.flatMap((type) => Object.values(stack.resources(type)));
}

describe('compute stack', () => {
  it('R0.2 publishes the values that other stacks and tools read', () => {
    const attributes: [string, string, string, string][] = [
      ['cluster_name', 'aws_ecs_cluster', 'Cluster/Resource', 'name'],
      ['cluster_arn', 'aws_ecs_cluster', 'Cluster/Resource', 'arn'],
      ['service_name', 'aws_ecs_service', 'Service/Resource', 'name'],
      ['service_arn', 'aws_ecs_service', 'Service/Resource', 'id'],
      ['log_group_name', 'aws_cloudwatch_log_group', 'Logs/Container', 'name'],
      ['scalable_resource_id', 'aws_appautoscaling_target', 'Scaling/Target', 'resource_id'],
      ['scale_in_alarm_name', 'aws_cloudwatch_metric_alarm', 'Scaling/ScaleInAlarm', 'alarm_name'],
      ['scale_in_alarm_arn', 'aws_cloudwatch_metric_alarm', 'Scaling/ScaleInAlarm', 'arn'],
      ['gate_alarm_arns_0', 'aws_cloudwatch_metric_alarm', 'Gates/FailedRequests', 'arn'],
      ['gate_alarm_arns_1', 'aws_cloudwatch_metric_alarm', 'Gates/UnhealthyHostCountBlue', 'arn'],
      ['gate_alarm_arns_2', 'aws_cloudwatch_metric_alarm', 'Gates/UnhealthyHostCountGreen', 'arn'],
      ['codedeploy_application', 'aws_codedeploy_app', 'Deployments/Application', 'name'],
      ['codedeploy_deployment_group', 'aws_codedeploy_deployment_group', 'Deployments/Group', 'deployment_group_name'],
      ['load_balancer', 'aws_lb', 'LoadBalancer/Resource', 'arn_suffix'],
      ['load_balancer_dns_name', 'aws_lb', 'LoadBalancer/Resource', 'dns_name'],
      ['target_group_blue', 'aws_lb_target_group', 'TargetGroups/Blue', 'arn_suffix'],
      ['target_group_green', 'aws_lb_target_group', 'TargetGroups/Green', 'arn_suffix'],
    ];
    expect(stack.outputs).toEqual(
      Object.fromEntries(
        attributes.map(([output, type, path, attribute]) => [
          output,
          { value: stack.reference(type, path, attribute) },
        ]),
      ),
    );
  });

  it('R0.8 names every resource by type and suffix, except the log group whose name AWS dictates', () => {
    const insights = '/aws/ecs/containerinsights/ecs-cluster-test/performance';
    const named = stack.types.filter((type) => !NAMELESS.test(type));
    const unlisted = named.filter((type) => !(type in NAMES));
    expect(unlisted.map((type) => `${type}: add its name to NAMES above, or the type to NAMELESS`)).toEqual([]);
    named.forEach((type) => {
      const others = namesIn(type).filter((name) => name !== insights);
      others.forEach((name) => expect(name).toMatch(/^(alias\/)?[a-z0-9]+(-[a-z0-9]+)*-test$/));
    });
    expect(named).toEqual(Object.keys(NAMES));
  });

  it.each(Object.keys(NAMES))('R0.8 uses no name twice: %s', (type) => {
    expect(new Set(namesIn(type)).size).toBe(namesIn(type).length);
  });

  it('R0.9 leaves the tags Environment, Project and CostCenter to the aspect', () => {
    const keys = allBlocks().flatMap(({ tags = {} }) => Object.keys(tags as object));
    expect([...new Set(keys)]).toEqual(['Name']);
  });

  it('R0.10 protects no resource from being destroyed', () => {
    const text = JSON.stringify(stack.json);
    expect(text).not.toContain('prevent_destroy');
    // That of the task definition: destroy deregisters the revisions itself.
    expect(text.match(/skip_destroy/g)).toHaveLength(1);
    expect(text).not.toContain('"enable_deletion_protection":true');
    expect(stack.resource('aws_kms_key', 'Logs/Key/Resource')['deletion_window_in_days']).toBe(7);
  });

  it('R0.11 contains no literal region', () => {
    const elsewhere = synthCompute({ region: 'eu-central-1' });
    expect(JSON.stringify(elsewhere.json['resource'])).not.toContain('eu-central-1');
  });
});
