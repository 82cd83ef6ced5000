import type { MutationTable } from './mutation.fixture';
import { statement } from './statement.fixture';

/** Faults in alarms, events and their topic that rules must find. */
export const alertMutations: MutationTable = {
  'alarm-metric-exists': [
    {
      title: 'a composite alarm refers to a missing alarm',
      apply: (stacks) => {
        stacks.add('observability', 'aws_cloudwatch_composite_alarm', 'All', {
          '//': { metadata: { path: 'observability/All' } },
          alarm_name: 'alarm-all-rich',
          alarm_rule: 'ALARM("alarm-other-rich")',
        });
      },
    },
    {
      title: 'an alarm uses a metric that does not exist',
      apply: (stacks) => {
        stacks.at('observability/Alarms/CpuUtilization').metric_name = 'UnhealthyTaskCount';
      },
    },
    {
      title: 'an alarm on unhealthy hosts has no target group dimension',
      apply: (stacks) => {
        delete stacks.at('observability/Alarms/UnhealthyHostCountBlue').dimensions.TargetGroup;
      },
    },
    {
      title: 'a gate has the ARN of the load balancer as its dimension',
      apply: (stacks) => {
        const { dimensions } = stacks.at('compute/Gates/UnhealthyHostCountBlue');
        dimensions.LoadBalancer = stacks.reference('compute/LoadBalancer/Resource', 'arn');
      },
    },
    {
      title: 'an alarm has the dimension of another container',
      apply: (stacks) => {
        stacks.at('observability/Alarms/FailingTasks').dimensions.ContainerName = 'other';
      },
    },
    {
      title: 'an expression uses a service that does not exist',
      apply: (stacks) => {
        stacks.at('observability/Alarms/MissingTasks').metric_query[1].metric.dimensions.ServiceName = 'other';
      },
    },
    {
      title: 'an alarm has no treat_missing_data',
      apply: (stacks) => {
        delete stacks.at('compute/Scaling/ScaleInAlarm').treat_missing_data;
      },
    },
  ],
  'alarm-has-action': [
    {
      title: 'an alarm has no OK action',
      apply: (stacks) => {
        delete stacks.at('observability/Alarms/CpuUtilization').ok_actions;
      },
    },
    {
      title: 'an alarm notifies a topic of another environment',
      apply: (stacks) => {
        stacks.at('observability/Alarms/MissingTasks').alarm_actions = ['arn:aws:sns:us-east-1:123456789012:elsewhere'];
      },
    },
    {
      title: 'a gate alarm is not in the deployment group',
      apply: (stacks) => {
        stacks.at('compute/Deployments/Group').alarm_configuration.alarms.pop();
      },
    },
    {
      title: 'the scale-in alarm has no action',
      apply: (stacks) => {
        stacks.at('compute/Scaling/ScaleInAlarm').alarm_actions = [];
      },
    },
    {
      title: 'an alarm has disabled actions',
      apply: (stacks) => {
        stacks.at('observability/Alarms/ScalingAtMaximum').actions_enabled = false;
      },
    },
  ],
  'topic-encrypted': [
    {
      title: 'the topic uses the AWS managed key, which no alarm can use',
      apply: (stacks) => {
        stacks.at('observability/AlertTopic/Resource').kms_master_key_id = 'alias/aws/sns';
      },
    },
    {
      title: 'the topic accepts messages without TLS',
      apply: (stacks) => {
        stacks.json('observability/AlertTopic/Policy', 'policy', (policy) => policy.Statement.pop());
      },
    },
    {
      title: 'any principal can publish',
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
      title: 'an event rule has no target',
      apply: (stacks) => {
        stacks.remove('observability/Events/ScaledToMaximumTopic');
      },
    },
    {
      title: 'an event rule is disabled',
      apply: (stacks) => {
        stacks.at('observability/Events/SpotInterruption').state = 'DISABLED';
      },
    },
    {
      title: 'an event rule has a cluster as its target, without a role',
      apply: (stacks) => {
        stacks.at('observability/Events/SpotInterruptionTopic').arn =
          '${data.terraform_remote_state.cross-stack-reference-input-compute.outputs.cluster_arn}';
      },
    },
    {
      title: 'an event rule has a queue whose policy does not allow EventBridge',
      apply: (stacks) => {
        stacks.add('observability', 'aws_sqs_queue', 'Queue', { '//': { metadata: { path: 'observability/Queue' } } });
        stacks.at('observability/Events/SpotInterruptionTopic').arn = stacks.reference('observability/Queue', 'arn');
      },
    },
    {
      title: 'the topic policy does not allow EventBridge',
      apply: (stacks) => {
        stacks.json('observability/AlertTopic/Policy', 'policy', (policy) => {
          statement(policy, 'EventsPublish').Principal.Service = 'sns.amazonaws.com';
        });
      },
    },
    {
      title: 'the topic policy has a condition that EventBridge cannot meet',
      apply: (stacks) => {
        stacks.json('observability/AlertTopic/Policy', 'policy', (policy) => {
          statement(policy, 'EventsPublish').Condition = statement(policy, 'AlarmsPublish').Condition;
        });
      },
    },
  ],
};
