import type { Environment } from '@nightshift/config';

type TrafficRouting = Environment['deployment']['trafficRouting'];

/** Either the name of a configuration that CodeDeploy has in every account, or what one of our own says. */
export type DeploymentConfig =
  | { readonly predefined: string }
  | {
      /** What it says, as a part of its name: it cannot be changed, and while it is in use not replaced under the same name. */
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

/** How traffic shifts (R10.2). The predefined configuration where there is one: it needs no resource. */
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
