import type { MutationTable } from './mutation.fixture';

const PRODUCTION = 'compute/Listeners/Production';
const TARGET = 'compute/Scaling/Target';
const SCALE_OUT = 'compute/Scaling/ScaleOut';
const SCALE_IN_ALARM = 'compute/Scaling/ScaleInAlarm';

/** Faults in listeners and auto-scaling that rules must find. */
export const trafficMutations: MutationTable = {
  'load-balancer-tls': [
    {
      title: 'the production listener allows old TLS versions',
      apply: (stacks) => {
        stacks.at(PRODUCTION).ssl_policy = 'ELBSecurityPolicy-2016-08';
      },
    },
    {
      title: 'the production listener has no TLS',
      apply: (stacks) => {
        stacks.at(PRODUCTION).protocol = 'HTTP';
      },
    },
    { title: 'no listener redirects to HTTPS', apply: (stacks) => stacks.remove('compute/Listeners/Redirect') },
    {
      title: 'the redirect leads to HTTP',
      apply: (stacks) => {
        stacks.at('compute/Listeners/Redirect').default_action[0].redirect.protocol = 'HTTP';
      },
    },
  ],
  'no-public-http': [
    {
      title: 'the production listener serves the internet over HTTP',
      apply: (stacks) => {
        stacks.at(PRODUCTION).protocol = 'HTTP';
      },
    },
  ],
  'auto-scaling-as-configured': [
    {
      title: 'target tracking has scale-in',
      apply: (stacks) => {
        stacks.at(SCALE_OUT).target_tracking_scaling_policy_configuration.disable_scale_in = false;
      },
    },
    {
      title: 'the target value is too high',
      apply: (stacks) => {
        stacks.at(SCALE_OUT).target_tracking_scaling_policy_configuration.target_value = 90;
      },
    },
    { title: 'target tracking is missing', apply: (stacks) => stacks.remove(SCALE_OUT) },
    {
      title: 'the scale-in threshold is too high',
      apply: (stacks) => {
        stacks.at(SCALE_IN_ALARM).threshold = 60;
      },
    },
    {
      title: 'missing data triggers scale-in',
      apply: (stacks) => {
        stacks.at(SCALE_IN_ALARM).treat_missing_data = 'breaching';
      },
    },
    {
      title: 'high CPU triggers scale-in',
      apply: (stacks) => {
        stacks.at(SCALE_IN_ALARM).comparison_operator = 'GreaterThanThreshold';
      },
    },
    { title: 'the scale-in policy is missing', apply: (stacks) => stacks.remove('compute/Scaling/ScaleIn') },
    { title: 'no alarm triggers the scale-in policy', apply: (stacks) => stacks.remove(SCALE_IN_ALARM) },
    {
      title: 'the minimum number of tasks is 1',
      apply: (stacks) => {
        stacks.at(TARGET).min_capacity = 1;
      },
    },
    {
      title: 'the maximum number of tasks differs',
      apply: (stacks) => {
        stacks.at(TARGET).max_capacity = 100;
      },
    },
    {
      title: 'a schedule exceeds the bounds',
      apply: (stacks) =>
        stacks.add('compute', 'aws_appautoscaling_scheduled_action', 'Night', {
          '//': { metadata: { path: 'compute/Scaling/Night' } },
          resource_id: stacks.reference(TARGET, 'resource_id'),
          scalable_target_action: { max_capacity: 20 },
        }),
    },
  ],
};
