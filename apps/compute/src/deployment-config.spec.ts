import { deploymentConfig } from './deployment-config';

describe('deployment configuration', () => {
  it('R10.2 uses the predefined CodeDeploy configuration for 10 % every minute', () => {
    expect(deploymentConfig({ type: 'linear', percentage: 10, intervalMinutes: 1 })).toEqual({
      predefined: 'CodeDeployDefault.ECSLinear10PercentEvery1Minutes',
    });
  });

  it.each([
    [{ type: 'linear', percentage: 10, intervalMinutes: 3 }, 'CodeDeployDefault.ECSLinear10PercentEvery3Minutes'],
    [{ type: 'canary', percentage: 10, intervalMinutes: 5 }, 'CodeDeployDefault.ECSCanary10Percent5Minutes'],
    [{ type: 'canary', percentage: 10, intervalMinutes: 15 }, 'CodeDeployDefault.ECSCanary10Percent15Minutes'],
    [{ type: 'all-at-once' }, 'CodeDeployDefault.ECSAllAtOnce'],
  ] as const)('creates no configuration for %o', (routing, name) => {
    expect(deploymentConfig(routing)).toEqual({ predefined: name });
  });

  it('creates a configuration if CodeDeploy has no predefined one', () => {
    expect(deploymentConfig({ type: 'linear', percentage: 20, intervalMinutes: 2 })).toEqual({
      qualifier: 'linear-20-percent-2-minutes',
      type: 'TimeBasedLinear',
      percentage: 20,
      intervalMinutes: 2,
    });
    expect(deploymentConfig({ type: 'canary', percentage: 10, intervalMinutes: 1 })).toEqual({
      qualifier: 'canary-10-percent-1-minutes',
      type: 'TimeBasedCanary',
      percentage: 10,
      intervalMinutes: 1,
    });
  });
});
