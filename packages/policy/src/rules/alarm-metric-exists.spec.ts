import { findingsIn, modelWith } from '../model.fixture';
import { Model } from '../model/model';
import type { Attributes } from '../model/value';
import { alarmMetricExists } from './alarm-metric-exists';

const fixed = {
  aws_ecs_cluster: { C: { name: 'cluster' } },
  aws_ecs_service: { S: { name: 'service' } },
  aws_lb: { L: {} },
  aws_lb_target_group: { T: {} },
  aws_ecs_task_definition: { D: { container_definitions: JSON.stringify([{ name: 'app' }]) } },
};
const checked = (alarm: Attributes) =>
  findingsIn(alarmMetricExists, modelWith({ ...fixed, aws_cloudwatch_metric_alarm: { A: alarm } }));
const metric = (namespace: string, metric_name: string, dimensions?: Attributes) => ({
  namespace,
  metric_name,
  ...(dimensions && { dimensions }),
});
const alarmOn = (...parts: Parameters<typeof metric>) =>
  checked({ treat_missing_data: 'missing', ...metric(...parts) });
const ofService = { ClusterName: '${aws_ecs_cluster.C.name}', ServiceName: 'service' };
const balancer = { LoadBalancer: '${aws_lb.L.arn_suffix}' };

describe('alarm-metric-exists (R12)', () => {
  it('refuses metrics that AWS does not publish, also in an expression', () => {
    const unknown = (what: string) =>
      `aws_cloudwatch_metric_alarm.A: metric ${what} - correct it, or add it to packages/policy/src/aws/metrics.ts with its source`;
    expect(alarmOn('AWS/ECS', 'UnhealthyTaskCount', ofService)).toEqual([unknown('AWS/ECS UnhealthyTaskCount')]);
    const queries = [
      { id: 'e', expression: 'm' },
      { id: 'm', metric: [metric('AWS/Ecs', 'CPUUtilization', ofService)] },
    ];
    expect(checked({ treat_missing_data: 'missing', metric_query: queries })).toEqual([
      unknown('AWS/Ecs CPUUtilization'),
    ]);
  });

  it('refuses dimensions that the metric does not have', () => {
    expect(alarmOn('AWS/ApplicationELB', 'UnHealthyHostCount', balancer)).toEqual([
      'aws_cloudwatch_metric_alarm.A: UnHealthyHostCount by LoadBalancer - give it the dimensions LoadBalancer, TargetGroup; or AvailabilityZone, LoadBalancer, TargetGroup',
    ]);
    expect(alarmOn('ECS/ContainerInsights', 'RunningTaskCount')).toEqual([
      'aws_cloudwatch_metric_alarm.A: RunningTaskCount by nothing - give it the dimensions ClusterName, ServiceName',
    ]);
  });

  it('refuses dimensions without a resource in this environment, or with the wrong attribute', () => {
    expect(alarmOn('AWS/ECS', 'CPUUtilization', { ...ofService, ServiceName: 'other' })).toEqual([
      'aws_cloudwatch_metric_alarm.A: ServiceName other - use name of the aws_ecs_service',
    ]);
    for (const wrong of ['${aws_lb.L.arn}', '${aws_lb_target_group.T.arn_suffix}']) {
      expect(alarmOn('AWS/ApplicationELB', 'TargetResponseTime', { LoadBalancer: wrong })).toEqual([
        `aws_cloudwatch_metric_alarm.A: LoadBalancer ${wrong} - use arn_suffix of the aws_lb`,
      ]);
    }
    const ofOther = { ...ofService, ContainerName: 'other' };
    expect(alarmOn('ECS/ContainerInsights', 'UnHealthyContainerHealthStatus', ofOther)).toEqual([
      'aws_cloudwatch_metric_alarm.A: ContainerName other - use the name of a container in a task definition',
    ]);
  });

  it('refuses alarms without treat_missing_data', () => {
    expect(checked(metric('AWS/ECS', 'CPUUtilization', ofService))).toEqual([
      'aws_cloudwatch_metric_alarm.A: no treat_missing_data - set it, for example to notBreaching',
    ]);
  });

  it('accepts metrics of existing resources, by reference or by name, and metrics of applications', () => {
    expect(alarmOn('AWS/ECS', 'CPUUtilization', ofService)).toEqual([]);
    const inZone = { ...balancer, AvailabilityZone: 'us-east-1a', TargetGroup: '${aws_lb_target_group.T.arn_suffix}' };
    expect(alarmOn('AWS/ApplicationELB', 'UnHealthyHostCount', inZone)).toEqual([]);
    const ofContainer = { ...ofService, ContainerName: 'app' };
    expect(alarmOn('ECS/ContainerInsights', 'UnHealthyContainerHealthStatus', ofContainer)).toEqual([]);
    expect(alarmOn('Batch', 'Calculations', { Any: 'x' })).toEqual([]);
  });

  it('does not check dimensions and containers that are unknown until apply', () => {
    expect(
      checked({
        ...metric('AWS/ApplicationELB', 'RequestCount'),
        treat_missing_data: 'missing',
        dimensions: '${aws_lb.L.arn_suffix}',
      }),
    ).toEqual(['aws_cloudwatch_metric_alarm.A: not checked: dimensions is unknown until apply']);
    const others = { ...fixed, aws_ecs_task_definition: {} };
    const dimensions = { ...ofService, ContainerName: 'app' };
    const alarm = {
      ...metric('ECS/ContainerInsights', 'UnHealthyContainerHealthStatus', dimensions),
      treat_missing_data: 'missing',
    };
    expect(findingsIn(alarmMetricExists, modelWith({ ...others, aws_cloudwatch_metric_alarm: { A: alarm } }))).toEqual(
      [],
    );
  });

  it('refuses a composite alarm without alarms, or with alarms that do not exist', () => {
    const composite = (alarm_rule: string) =>
      findingsIn(
        alarmMetricExists,
        modelWith({
          aws_cloudwatch_composite_alarm: { C: { alarm_name: 'all', alarm_rule } },
          aws_cloudwatch_metric_alarm: { A: { alarm_name: 'cpu high', treat_missing_data: 'missing' } },
        }),
      );
    expect(composite('FALSE')).toEqual([
      'aws_cloudwatch_composite_alarm.C: alarm_rule FALSE - name alarms in it, such as ALARM("name")',
    ]);
    expect(composite('ALARM("cpu high") OR NOT (OK ( memory ))')).toEqual([
      'aws_cloudwatch_composite_alarm.C: alarm memory, which this environment does not have - use the alarm_name of an alarm of this environment',
    ]);
    for (const rule of [
      'ALARM("cpu high") AND INSUFFICIENT_DATA(all)',
      'ALARM(${aws_cloudwatch_metric_alarm.A.alarm_name})',
      'NOT OK("${aws_cloudwatch_metric_alarm.A.arn}")',
    ]) {
      expect(composite(rule)).toEqual([]);
    }
  });

  it('does not check a composite alarm that is unknown until apply', () => {
    const alarm_rule = '${aws_cloudwatch_metric_alarm.A.alarm_name}';
    const { stacks } = modelWith({ aws_cloudwatch_composite_alarm: { C: { alarm_rule } } });
    expect(findingsIn(alarmMetricExists, new Model({ source: 'plan', stacks }))).toEqual([
      'aws_cloudwatch_composite_alarm.C: not checked: alarm_rule is unknown until apply',
    ]);
  });

  it('does not check resources of another configuration in a plan', () => {
    const planned = (resources: Parameters<typeof modelWith>[0]) =>
      findingsIn(alarmMetricExists, new Model({ source: 'plan', stacks: modelWith(resources).stacks }));
    expect(planned({ aws_cloudwatch_composite_alarm: { C: { alarm_rule: 'ALARM(cpu)' } } })).toEqual([
      'aws_cloudwatch_composite_alarm.C: not checked: alarm cpu refers to something outside of the plan',
    ]);
    const alarm = (ClusterName: string) => ({
      aws_ecs_cluster: { C: { name: 'main' } },
      aws_cloudwatch_metric_alarm: {
        A: { ...metric('AWS/ECS', 'CPUUtilization', { ClusterName }), treat_missing_data: 'missing' },
      },
    });
    expect(planned(alarm('other'))).toEqual([
      'aws_cloudwatch_metric_alarm.A: not checked: dimension ClusterName refers to something outside of the plan',
    ]);
    expect(planned(alarm('${aws_ecs_cluster.C.arn}'))).toEqual([
      'aws_cloudwatch_metric_alarm.A: ClusterName ${aws_ecs_cluster.C.arn} - use name of the aws_ecs_cluster',
    ]);
  });

  it('does not apply to other resources', () => {
    expect(findingsIn(alarmMetricExists, modelWith({ aws_vpc: { Vpc: {} } }))).toBe('not applicable');
  });
});
