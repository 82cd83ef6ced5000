import type { ComputeOutputs } from '@nightshift/compute';

/** An event of AWS with a notification. */
export interface Notification {
  /** Its id in the construct tree. */
  readonly id: string;
  /** Its part of the rule's name. */
  readonly qualifier: string;
  readonly description: string;
  /** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html */
  readonly pattern: Readonly<Record<string, unknown>>;
  /** The message: a sentence with `<name>` where the value at a JSON path of the event goes. */
  readonly message: { readonly paths: Readonly<Record<string, string>>; readonly template: string };
}

/**
 * Notifications about scaling, capacity and releases (R12.3). Application Auto Scaling itself reports only "scaled to maximum", so other
 * scaling is reported by the alarms that trigger it and by events of the service.
 * https://docs.aws.amazon.com/autoscaling/application/userguide/monitoring-eventbridge.html
 */
export function notifications(compute: ComputeOutputs): Notification[] {
  return [
    {
      id: 'ScaledToMaximum',
      qualifier: 'scaled-to-maximum',
      description: 'Auto-scaling has reached its maximum',
      pattern: {
        source: ['aws.application-autoscaling'],
        'detail-type': ['Application Auto Scaling Scaling Activity State Change'],
        detail: {
          serviceNamespace: ['ecs'],
          resourceId: [compute.scalable_resource_id],
          scalableDimension: ['ecs:service:DesiredCount'],
        },
      },
      message: {
        paths: {
          time: '$.time',
          resource: '$.detail.resourceId',
          from: '$.detail.oldDesiredCapacity',
          to: '$.detail.newDesiredCapacity',
        },
        template: '<time> <resource> has scaled from <from> to <to> tasks, its maximum.',
      },
    },
    {
      id: 'ScalingTriggered',
      qualifier: 'scaling-triggered',
      description: 'An alarm makes auto-scaling add or take away a task',
      pattern: {
        source: ['aws.cloudwatch'],
        'detail-type': ['CloudWatch Alarm State Change'],
        detail: {
          alarmName: [{ prefix: `TargetTracking-${compute.scalable_resource_id}-` }, compute.scale_in_alarm_name],
          state: { value: ['ALARM'] },
        },
      },
      message: alarmMessage('scaling'),
    },
    {
      id: 'GateChanged',
      qualifier: 'release-gate',
      description: 'An alarm that stops releases has fired, or is over',
      pattern: {
        source: ['aws.cloudwatch'],
        'detail-type': ['CloudWatch Alarm State Change'],
        resources: compute.gate_alarm_arns,
        detail: { state: { value: ['ALARM', 'OK'] } },
      },
      message: alarmMessage('release gate'),
    },
    {
      id: 'ServiceAction',
      qualifier: 'service-action',
      description: 'The service has changed its number of tasks, or cannot place or start them',
      pattern: {
        source: ['aws.ecs'],
        'detail-type': ['ECS Service Action'],
        resources: [compute.service_arn],
        detail: {
          eventName: ['SERVICE_DESIRED_COUNT_UPDATED', 'SERVICE_TASK_PLACEMENT_FAILURE', 'SERVICE_TASK_START_IMPAIRED'],
        },
      },
      message: {
        paths: { time: '$.time', service: '$.resources[0]', event: '$.detail.eventName', reason: '$.detail.reason' },
        template: '<time> <service>: <event> <reason>',
      },
    },
    {
      id: 'SpotInterruption',
      qualifier: 'spot-interruption',
      description: 'AWS takes back the Spot capacity under a task',
      pattern: {
        source: ['aws.ecs'],
        'detail-type': ['ECS Task State Change'],
        detail: { clusterArn: [compute.cluster_arn], stopCode: ['SpotInterruption', 'TerminationNotice'] },
      },
      message: {
        paths: { time: '$.time', task: '$.detail.taskArn', reason: '$.detail.stoppedReason' },
        template: '<time> <task> loses its Spot capacity and is replaced: <reason>',
      },
    },
    {
      id: 'DeploymentChanged',
      qualifier: 'deployment',
      description: 'A release has started, succeeded, failed or stopped',
      pattern: {
        source: ['aws.codedeploy'],
        'detail-type': ['CodeDeploy Deployment State-change Notification'],
        detail: { application: [compute.codedeploy_application], state: ['START', 'SUCCESS', 'FAILURE', 'STOP'] },
      },
      message: {
        paths: {
          time: '$.time',
          deployment: '$.detail.deploymentId',
          application: '$.detail.application',
          state: '$.detail.state',
        },
        template: '<time> <application>: deployment <deployment> is at <state>.',
      },
    },
  ];
}

function alarmMessage(what: string): Notification['message'] {
  return {
    paths: {
      time: '$.time',
      alarm: '$.detail.alarmName',
      from: '$.detail.previousState.value',
      to: '$.detail.state.value',
      reason: '$.detail.state.reason',
    },
    template: `<time> ${what} alarm <alarm> went from <from> to <to>: <reason>`,
  };
}
