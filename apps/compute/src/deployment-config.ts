import type { Environment } from '@nightshift/config';

type TrafficRouting = Environment['deployment']['trafficRouting'];

/** The name of a predefined CodeDeploy configuration, or the settings of a custom one. */
export type DeploymentConfig =
  | { readonly predefined: string }
  | {
      /**
       * Its settings, as a part of its name: a configuration cannot be changed, and not be replaced under the same name while it is in use.
       */
      readonly qualifier: string;
      readonly type: 'TimeBasedLinear' | 'TimeBasedCanary';
      readonly percentage: number;
      readonly intervalMinutes: number;
    };

/** https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-configurations.html#deployment-configuration-ecs */
const predefined = [
  { type: 'linear', percentage: 10, intervalMinutes: 1, name: 'CodeDeployDefault.ECSLinear10PercentEvery1Minutes' },
  { type: 'linear', percentage: 10, intervalMinutes: 3, name: 'CodeDeployDefault.ECSLinear10PercentEvery3Minutes' },
  { type: 'canary', percentage: 10, intervalMinutes: 5, name: 'CodeDeployDefault.ECSCanary10Percent5Minutes' },
  { type: 'canary', percentage: 10, intervalMinutes: 15, name: 'CodeDeployDefault.ECSCanary10Percent15Minutes' },
] as const;

/** The traffic shift (R10.2). Uses a predefined configuration if there is one. */
export function deploymentConfig(routing: TrafficRouting): DeploymentConfig {
  if (routing.type === 'all-at-once') return { predefined: 'CodeDeployDefault.ECSAllAtOnce' };
  const { type, percentage, intervalMinutes } = routing;
  const same = predefined.find(
    (one) => one.type === type && one.percentage === percentage && one.intervalMinutes === intervalMinutes,
  );
  if (same) return { predefined: same.name };
  return {
    qualifier: `${type}-${percentage}-percent-${intervalMinutes}-minutes`,
    type: type === 'linear' ? 'TimeBasedLinear' : 'TimeBasedCanary',
    percentage,
    intervalMinutes,
  };
}
