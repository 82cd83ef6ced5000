import type { MutationTable } from './mutation.fixture';
import { statement } from './statement.fixture';

/** Faults in alarms, events and their topic that rules must find. */
export const alertMutations: MutationTable = {
  'alarm-metric-exists': [
    {
      title: 'a composite alarm of an alarm that does not exist',
      apply: (stacks) => {
        stacks.add('observability', 'aws_cloudwatch_composite_alarm', 'All', {
          '//': { metadata: { path: 'observability/All' } },
          alarm_name: 'alarm-all-rich',
          alarm_rule: 'ALARM("alarm-other-rich")',
        });
      },
    },
    {
      title: 'an alarm is on a metric that does not exist',
      apply: (stacks) => {
        stacks.at('observability/Alarms/CpuUtilization').metric_name = 'UnhealthyTaskCount';
      },
    },
    {
      title: 'unhealthy hosts are counted without target group',
      apply: (stacks) => {
        delete stacks.at('observability/Alarms/UnhealthyHostCountBlue').dimensions.TargetGroup;
      },
    },
    {
      title: 'a gate names the load balancer by its ARN',
      apply: (stacks) => {
        const { dimensions } = stacks.at('compute/Gates/UnhealthyHostCountBlue');
        dimensions.LoadBalancer = stacks.reference('compute/LoadBalancer/Resource', 'arn');
      },
    },
    {
      title: 'an alarm is on another container',
      apply: (stacks) => {
        stacks.at('observability/Alarms/FailingTasks').dimensions.ContainerName = 'other';
      },
    },
    {
      title: 'an expression is made of a service that does not exist',
      apply: (stacks) => {
        stacks.at('observability/Alarms/MissingTasks').metric_query[1].metric.dimensions.ServiceName = 'other';
      },
    },
    {
      title: 'what missing data means is left open',
      apply: (stacks) => {
        delete stacks.at('compute/Scaling/ScaleInAlarm').treat_missing_data;
      },
    },
  ],
  'alarm-has-action': [
    {
      title: 'the end of an alarm is not told',
      apply: (stacks) => {
        delete stacks.at('observability/Alarms/CpuUtilization').ok_actions;
      },
    },
    {
      title: 'an alarm tells a topic elsewhere',
      apply: (stacks) => {
        stacks.at('observability/Alarms/MissingTasks').alarm_actions = ['arn:aws:sns:us-east-1:123456789012:elsewhere'];
      },
    },
    {
      title: 'a gate is not among those of the deployment group',
      apply: (stacks) => {
        stacks.at('compute/Deployments/Group').alarm_configuration.alarms.pop();
      },
    },
    {
      title: 'the alarm that scales in acts on nothing',
      apply: (stacks) => {
        stacks.at('compute/Scaling/ScaleInAlarm').alarm_actions = [];
      },
    },
    {
      title: 'an alarm is switched off',
      apply: (stacks) => {
        stacks.at('observability/Alarms/ScalingAtMaximum').actions_enabled = false;
      },
    },
  ],
  'topic-encrypted': [
    {
      title: "the topic is encrypted with AWS's own key, which no alarm can use",
      apply: (stacks) => {
        stacks.at('observability/AlertTopic/Resource').kms_master_key_id = 'alias/aws/sns';
      },
    },
    {
      title: 'the topic takes messages without TLS',
      apply: (stacks) => {
        stacks.json('observability/AlertTopic/Policy', 'policy', (policy) => policy.Statement.pop());
      },
    },
    {
      title: 'everyone can publish',
      apply: (stacks) => {
        stacks.json('observability/AlertTopic/Policy', 'policy', (policy) => {
          statement(policy, 'EventsPublish').Principal = '*';
        });
      },
    },
    {
      title: 'alarms cannot publish',
      apply: (stacks) => {
        stacks.json('observability/AlertTopic/Policy', 'policy', (policy) => {
          statement(policy, 'AlarmsPublish').Action = 'sns:Subscribe';
        });
      },
    },
  ],
  'event-rule-has-target': [
    {
      title: 'an event rule tells nobody',
      apply: (stacks) => {
        stacks.remove('observability/Events/ScaledToMaximumTopic');
      },
    },
    {
      title: 'an event rule is off',
      apply: (stacks) => {
        stacks.at('observability/Events/SpotInterruption').state = 'DISABLED';
      },
    },
    {
      title: 'an event rule tells a cluster, without a role',
      apply: (stacks) => {
        stacks.at('observability/Events/SpotInterruptionTopic').arn =
          '${data.terraform_remote_state.cross-stack-reference-input-compute.outputs.cluster_arn}';
      },
    },
    {
      title: 'an event rule tells a queue that does not let EventBridge in',
      apply: (stacks) => {
        stacks.add('observability', 'aws_sqs_queue', 'Queue', { '//': { metadata: { path: 'observability/Queue' } } });
        stacks.at('observability/Events/SpotInterruptionTopic').arn = stacks.reference('observability/Queue', 'arn');
      },
    },
    {
      title: 'the topic does not let EventBridge publish',
      apply: (stacks) => {
        stacks.json('observability/AlertTopic/Policy', 'policy', (policy) => {
          statement(policy, 'EventsPublish').Principal.Service = 'sns.amazonaws.com';
        });
      },
    },
    {
      title: 'the topic lets EventBridge publish under a condition that it cannot meet',
      apply: (stacks) => {
        stacks.json('observability/AlertTopic/Policy', 'policy', (policy) => {
          statement(policy, 'EventsPublish').Condition = statement(policy, 'AlarmsPublish').Condition;
        });
      },
    },
  ],
};
