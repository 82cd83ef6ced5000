import {
  ApplicationAutoScalingClient,
  DescribeScalableTargetsCommand,
  DescribeScalingPoliciesCommand,
  DescribeScheduledActionsCommand,
} from '@aws-sdk/client-application-auto-scaling';
import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { only } from '../harness/only';
import type { Platform } from '../harness/platform';

/** R7: auto-scaling. */
export function scaling(platform: () => Platform): void {
  const autoScaling = () => platform().aws(ApplicationAutoScalingClient);
  const resource = () =>
    ({
      ServiceNamespace: 'ecs',
      ResourceId: `service/${platform().names.of('ecs-cluster')}/${platform().names.of('ecs-service')}`,
    }) as const;
  const policy = async (type: string) => {
    const { ScalingPolicies } = await autoScaling().send(new DescribeScalingPoliciesCommand(resource()));
    return only(ScalingPolicies?.filter(({ PolicyType }) => PolicyType === type));
  };

  it('R7.1, R7.2 target tracking adds tasks when CPU exceeds the target, and never removes any', async () => {
    expect(await policy('TargetTrackingScaling')).toMatchObject({
      TargetTrackingScalingPolicyConfiguration: {
        TargetValue: platform().environment.scaling.scaleOut.cpuPercent,
        DisableScaleIn: true,
        PredefinedMetricSpecification: { PredefinedMetricType: 'ECSServiceAverageCPUUtilization' },
      },
    });
  });

  it('R7.3 tasks are removed only when CPU has been below the threshold', async () => {
    const { PolicyARN, StepScalingPolicyConfiguration } = await policy('StepScaling');
    expect(StepScalingPolicyConfiguration?.StepAdjustments).toMatchObject([{ ScalingAdjustment: -1 }]);
    const { MetricAlarms = [] } = await platform().aws(CloudWatchClient).send(new DescribeAlarmsCommand({}));
    const alarm = only(MetricAlarms.filter(({ AlarmActions }) => AlarmActions?.includes(String(PolicyARN))));
    expect(alarm).toMatchObject({
      Namespace: 'AWS/ECS',
      MetricName: 'CPUUtilization',
      ComparisonOperator: 'LessThanThreshold',
      Threshold: platform().environment.scaling.scaleIn.cpuPercent,
      TreatMissingData: 'missing',
    });
  });

  it('R7.4 the number of tasks stays between minimum and maximum', async () => {
    const { ServiceNamespace, ResourceId } = resource();
    const { ScalableTargets } = await autoScaling().send(
      new DescribeScalableTargetsCommand({ ServiceNamespace, ResourceIds: [ResourceId] }),
    );
    const { minimum, maximum } = platform().environment.scaling;
    expect(only(ScalableTargets)).toMatchObject({ MinCapacity: minimum, MaxCapacity: maximum });
  });

  it('R14.3 scheduled actions start and stop the tasks of processing windows', async () => {
    const { ScheduledActions = [] } = await autoScaling().send(new DescribeScheduledActionsCommand(resource()));
    const { processingWindows, scaling } = platform().environment;
    const wanted = processingWindows.flatMap(({ timeZone, capacity }) =>
      capacity === undefined
        ? []
        : [
            {
              Timezone: timeZone,
              ScalableTargetAction: { MinCapacity: capacity.minimum, MaxCapacity: scaling.maximum },
            },
            {
              Timezone: timeZone,
              ScalableTargetAction: { MinCapacity: scaling.minimum, MaxCapacity: scaling.maximum },
            },
          ],
    );
    expect(ScheduledActions).toHaveLength(wanted.length);
    expect(ScheduledActions).toEqual(
      expect.arrayContaining(wanted.map((action) => expect.objectContaining(action) as unknown)),
    );
  });
}
