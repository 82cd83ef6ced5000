import { environmentWith } from '../environment.fixture';
import { findingsIn, modelWith } from '../model.fixture';
import type { Attributes } from '../model/value';
import { targetGroupHealthCheck } from './target-group-health-check';

const GROUP = 'aws_lb_target_group.Blue';

function checked(health_check: Attributes, environment?: ReturnType<typeof environmentWith>, type = 'aws_lb_listener') {
  const model = modelWith(
    {
      aws_lb_target_group: { Blue: { health_check } },
      [type]: { Production: { default_action: [{ target_group_arn: '${aws_lb_target_group.Blue.arn}' }] } },
    },
    {},
    environment,
  );
  return findingsIn(targetGroupHealthCheck, model);
}

describe('target-group-health-check (R6.2, R6.3)', () => {
  it('refuses a group without a health check, with another path, or with another interval', () => {
    expect(checked({ enabled: false, path: '/ok', unhealthy_threshold: 10 })).toEqual([
      `${GROUP}: health_check.enabled false - set it to true`,
      `${GROUP}: health_check.path /ok - set it to /health`,
      `${GROUP}: health_check.unhealthy_threshold 10 - set it to 3`,
    ]);
    expect(checked({})).toEqual([`${GROUP}: health_check.path none - set it to /health`]);
  });

  it('refuses a check that differs from the configuration', () => {
    const environment = environmentWith({ loadBalancer: { healthCheck: { path: '/ok', unhealthyThreshold: 2 } } });
    expect(checked({ path: '/health' }, environment)).toEqual([
      `${GROUP}: health_check.path /health - set it to /ok`,
      `${GROUP}: health_check.unhealthy_threshold none - set it to 2`,
    ]);
  });

  it('refuses a group that no listener forwards to', () => {
    expect(checked({ path: '/health' }, undefined, 'aws_ecs_service')).toEqual([
      `${GROUP}: no listener - add a listener that forwards to it`,
    ]);
  });

  it('accepts the required check, behind a listener or a listener rule', () => {
    const check = { path: '/health', unhealthy_threshold: 3 };
    expect(checked(check, environmentWith())).toEqual([]);
    expect(checked(check, undefined, 'aws_lb_listener_rule')).toEqual([]);
  });

  it('does not apply to other resources', () => {
    expect(findingsIn(targetGroupHealthCheck, modelWith({ aws_vpc: { Vpc: {} } }))).toBe('not applicable');
  });
});
