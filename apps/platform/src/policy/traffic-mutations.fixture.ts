import type { MutationTable } from './mutation.fixture';

const PRODUCTION = 'compute/Listeners/Production';
const TARGET = 'compute/Scaling/Target';
const SCALE_OUT = 'compute/Scaling/ScaleOut';
const SCALE_IN_ALARM = 'compute/Scaling/ScaleInAlarm';

/** Faults in listeners and auto-scaling that rules must find. */
export const trafficMutations: MutationTable = {
  'load-balancer-tls': [
    {
      title: 'production speaks old TLS',
      apply: (stacks) => {
        stacks.at(PRODUCTION).ssl_policy = 'ELBSecurityPolicy-2016-08';
      },
    },
    {
      title: 'production speaks no TLS',
      apply: (stacks) => {
        stacks.at(PRODUCTION).protocol = 'HTTP';
      },
    },
    { title: 'nothing redirects to TLS', apply: (stacks) => stacks.remove('compute/Listeners/Redirect') },
    {
      title: 'the redirect stays with HTTP',
      apply: (stacks) => {
        stacks.at('compute/Listeners/Redirect').default_action[0].redirect.protocol = 'HTTP';
      },
    },
  ],
  'no-public-http': [
    {
      title: 'production serves the internet over HTTP',
      apply: (stacks) => {
        stacks.at(PRODUCTION).protocol = 'HTTP';
      },
    },
  ],
  'auto-scaling-as-configured': [
    {
      title: 'target tracking takes tasks away',
      apply: (stacks) => {
        stacks.at(SCALE_OUT).target_tracking_scaling_policy_configuration.disable_scale_in = false;
      },
    },
    {
      title: 'tasks are added late',
      apply: (stacks) => {
        stacks.at(SCALE_OUT).target_tracking_scaling_policy_configuration.target_value = 90;
      },
    },
    { title: 'no tasks are added', apply: (stacks) => stacks.remove(SCALE_OUT) },
    {
      title: 'tasks are taken away from those at work',
      apply: (stacks) => {
        stacks.at(SCALE_IN_ALARM).threshold = 60;
      },
    },
    {
      title: 'tasks are taken away when there is no data',
      apply: (stacks) => {
        stacks.at(SCALE_IN_ALARM).treat_missing_data = 'breaching';
      },
    },
    {
      title: 'tasks are taken away when CPU is high',
      apply: (stacks) => {
        stacks.at(SCALE_IN_ALARM).comparison_operator = 'GreaterThanThreshold';
      },
    },
    { title: 'no tasks are taken away', apply: (stacks) => stacks.remove('compute/Scaling/ScaleIn') },
    { title: 'nothing sets off the policy that takes tasks away', apply: (stacks) => stacks.remove(SCALE_IN_ALARM) },
    {
      title: 'all tasks but one may be taken away',
      apply: (stacks) => {
        stacks.at(TARGET).min_capacity = 1;
      },
    },
    {
      title: 'the number of tasks has another bound',
      apply: (stacks) => {
        stacks.at(TARGET).max_capacity = 100;
      },
    },
    {
      title: 'a schedule leaves the bounds',
      apply: (stacks) =>
        stacks.add('compute', 'aws_appautoscaling_scheduled_action', 'Night', {
          '//': { metadata: { path: 'compute/Scaling/Night' } },
          resource_id: stacks.reference(TARGET, 'resource_id'),
          scalable_target_action: { max_capacity: 20 },
        }),
    },
  ],
};
