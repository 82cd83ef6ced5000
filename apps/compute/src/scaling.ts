import { AppautoscalingPolicy } from '@cdktf/provider-aws/lib/appautoscaling-policy';
import { AppautoscalingTarget } from '@cdktf/provider-aws/lib/appautoscaling-target';
import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import type { Environment } from '@nightshift/config';
import { PlatformStack } from '@nightshift/stack';
import { Construct } from 'constructs';
import { WindowCapacity } from './window-capacity';

const MINUTE = 60;

export interface ScalingProps extends Pick<Environment, 'scaling' | 'processingWindows'> {
  readonly clusterName: string;
  readonly serviceName: string;
}

/**
 * Auto-scaling on CPU (R7). Target tracking alone would remove tasks as soon as CPU is slightly below its target, so it only adds tasks,
 * and a separate alarm removes them.
 */
export class Scaling extends Construct {
  /** `service/<cluster>/<service>`. */
  readonly resourceId: string;
  readonly scaleInAlarm: CloudwatchMetricAlarm;

  constructor(scope: Construct, id: string, props: ScalingProps) {
    super(scope, id);
    const { names } = PlatformStack.of(this);
    const { scaling, processingWindows, clusterName, serviceName } = props;
    const { minimum, maximum, scaleOut, scaleIn } = scaling;
    const target = new AppautoscalingTarget(this, 'Target', {
      serviceNamespace: 'ecs',
      resourceId: `service/${clusterName}/${serviceName}`,
      scalableDimension: 'ecs:service:DesiredCount',
      minCapacity: minimum,
      maxCapacity: maximum,
      tags: { Name: names.of('scaling-target') },
      // Terraform must not lower the bounds that a processing window has raised; its end restores these values.
      ...(processingWindows.some(({ capacity }) => capacity) && {
        lifecycle: { ignoreChanges: ['min_capacity', 'max_capacity'] },
      }),
    });
    const { resourceId, serviceNamespace, scalableDimension } = target;
    const scalable = { resourceId, serviceNamespace, scalableDimension };
    new WindowCapacity(this, 'Windows', { scalable, scaling, processingWindows });

    new AppautoscalingPolicy(this, 'ScaleOut', {
      ...scalable,
      name: names.of('scaling-policy', 'scale-out'),
      policyType: 'TargetTrackingScaling',
      targetTrackingScalingPolicyConfiguration: {
        predefinedMetricSpecification: { predefinedMetricType: 'ECSServiceAverageCPUUtilization' },
        targetValue: scaleOut.cpuPercent,
        scaleOutCooldown: scaleOut.cooldownSeconds,
        disableScaleIn: true,
      },
    });
    const takeAway = new AppautoscalingPolicy(this, 'ScaleIn', {
      ...scalable,
      name: names.of('scaling-policy', 'scale-in'),
      policyType: 'StepScaling',
      stepScalingPolicyConfiguration: {
        adjustmentType: 'ChangeInCapacity',
        metricAggregationType: 'Average',
        cooldown: scaleIn.cooldownSeconds,
        // One step for all values below the alarm's threshold; step bounds are relative to it.
        stepAdjustment: [{ metricIntervalUpperBound: '0', scalingAdjustment: -1 }],
      },
    });
    this.scaleInAlarm = new CloudwatchMetricAlarm(this, 'ScaleInAlarm', {
      alarmName: names.of('alarm', 'scale-in'),
      alarmDescription: `CPU has been below ${scaleIn.cpuPercent} % for ${scaleIn.evaluationMinutes} minutes: one task is taken away`,
      namespace: 'AWS/ECS',
      metricName: 'CPUUtilization',
      dimensions: { ClusterName: clusterName, ServiceName: serviceName },
      statistic: 'Average',
      period: MINUTE,
      evaluationPeriods: scaleIn.evaluationMinutes,
      datapointsToAlarm: scaleIn.evaluationMinutes,
      comparisonOperator: 'LessThanThreshold',
      threshold: scaleIn.cpuPercent,
      // Missing data does not mean low usage, so no task is removed.
      treatMissingData: 'missing',
      alarmActions: [takeAway.arn],
    });
    this.resourceId = target.resourceId;
  }
}
