import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  GetDashboardCommand,
  type MetricAlarm,
} from '@aws-sdk/client-cloudwatch';
import { EventBridgeClient, ListRulesCommand, ListTargetsByRuleCommand } from '@aws-sdk/client-eventbridge';
import { GetTopicAttributesCommand, ListTopicsCommand, SNSClient } from '@aws-sdk/client-sns';
import { only } from '../harness/only';
import type { Platform } from '../harness/platform';

/** R12: alarms and notifications. */
export function alarms(platform: () => Platform): void {
  const cloudWatch = () => platform().aws(CloudWatchClient);
  const sns = () => platform().aws(SNSClient);
  const named = async (qualifier: string): Promise<MetricAlarm> => {
    const AlarmNames = [platform().names.of('alarm', qualifier)];
    return only((await cloudWatch().send(new DescribeAlarmsCommand({ AlarmNames }))).MetricAlarms);
  };
  const topicArn = async () => {
    const { Topics } = await sns().send(new ListTopicsCommand({}));
    const name = platform().names.of('sns-topic', 'alerts');
    return String(only(Topics?.filter(({ TopicArn }) => TopicArn?.endsWith(`:${name}`))).TopicArn);
  };

  it('R12.1 UnhealthyTaskCount alarms on missing tasks and on tasks that fail their health check', async () => {
    const { threshold } = platform().environment.alarms.unhealthyTaskCount;
    expect(await named('unhealthy-task-count-missing')).toMatchObject({
      Threshold: threshold,
      TreatMissingData: 'breaching',
    });
    expect(await named('unhealthy-task-count-failing')).toMatchObject({
      Namespace: 'ECS/ContainerInsights',
      MetricName: 'UnHealthyContainerHealthStatus',
    });
  });

  it.each([
    ['cpu-utilization', 'CPUUtilization', 'cpuUtilization'],
    ['memory-utilization', 'MemoryUtilization', 'memoryUtilization'],
  ] as const)(
    'R12.1, R12.5 %s of the service has an alarm with threshold and timing of the environment',
    async (name, metric, key) => {
      const { threshold, periodSeconds, evaluationPeriods } = platform().environment.alarms[key];
      expect(await named(name)).toMatchObject({
        Namespace: 'AWS/ECS',
        MetricName: metric,
        Threshold: threshold,
        Period: periodSeconds,
        EvaluationPeriods: evaluationPeriods,
      });
    },
  );

  it('R12.2 unhealthy hosts of both target groups, response time and server errors have alarms', async () => {
    for (const colour of ['blue', 'green']) {
      const { Dimensions } = await named(`unhealthy-host-count-${colour}`);
      const group = Dimensions?.find(({ Name }) => Name === 'TargetGroup')?.Value;
      expect(group).toContain(platform().names.of('tg', colour));
    }
    expect(await named('target-response-time')).toMatchObject({
      MetricName: 'TargetResponseTime',
      ExtendedStatistic: 'p95',
    });
    expect(await named('target-5xx-count')).toMatchObject({
      MetricName: 'HTTPCode_Target_5XX_Count',
      Statistic: 'Sum',
    });
    expect(await named('load-balancer-5xx-count')).toMatchObject({
      MetricName: 'HTTPCode_ELB_5XX_Count',
      Statistic: 'Sum',
    });
  });

  it('R12.3 auto-scaling sends notifications, and an alarm at its maximum', async () => {
    expect(await named('scaling-at-maximum')).toMatchObject({
      MetricName: 'DesiredTaskCount',
      Threshold: platform().environment.scaling.maximum,
    });
    const events = platform().aws(EventBridgeClient);
    const { Rules = [] } = await events.send(new ListRulesCommand({}));
    const ours = Rules.filter(({ Name }) => Name?.endsWith(`-${platform().suffix}`));
    expect(ours.length).toBeGreaterThanOrEqual(6);
    const arn = await topicArn();
    for (const { Name } of ours) {
      const { Targets } = await events.send(new ListTargetsByRuleCommand({ Rule: Name }));
      expect(only(Targets).Arn).toBe(arn);
    }
  });

  it('R12.4 the topic is encrypted with a customer managed key, and gets every alarm when it fires and when it recovers', async () => {
    const TopicArn = await topicArn();
    const { Attributes } = await sns().send(new GetTopicAttributesCommand({ TopicArn }));
    expect(Attributes?.['KmsMasterKeyId']).toContain(':key/');
    for (const qualifier of ['cpu-utilization', 'target-5xx-count', 'unhealthy-task-count-missing']) {
      expect(await named(qualifier)).toMatchObject({ AlarmActions: [TopicArn], OKActions: [TopicArn] });
    }
  });

  it('R12.6 a dashboard shows the service', async () => {
    const DashboardName = platform().names.of('dashboard');
    const { DashboardBody } = await cloudWatch().send(new GetDashboardCommand({ DashboardName }));
    const { widgets } = JSON.parse(String(DashboardBody)) as { widgets: { type: string }[] };
    expect(widgets.map(({ type }) => type)).toEqual(expect.arrayContaining(['alarm', 'metric', 'log']));
  });
}
