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
 * More tasks when CPU is high, fewer when it is low (R7). Target tracking alone would take tasks away as soon as CPU is a little
 * below its target; so it only adds, and an alarm of its own takes away.
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
      // What a processing window has raised, Terraform must not lower before it closes; its end brings these bounds anyway.
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
        // One step for all values below the alarm's threshold, as bounds count from it.
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
      // Not seen is not idle: without data nothing is taken away.
      treatMissingData: 'missing',
      alarmActions: [takeAway.arn],
    });
    this.resourceId = target.resourceId;
  }
}
