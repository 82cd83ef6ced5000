import { plannedChange } from './testing/planned-change';
import { disturbingChanges } from './window-guard';

const isDisturbing = (...given: Parameters<typeof plannedChange>) =>
  disturbingChanges([plannedChange(...given)]).length === 1;

describe('disturbing changes (R14.2)', () => {
  it.each([
    'aws_lb.A',
    'aws_nat_gateway.A',
    'aws_vpc_endpoint.A',
    'aws_ecs_service.A',
    'aws_subnet.A',
    'aws_cloudwatch_log_group.A',
  ])('are replacement and removal of %s', (address) => {
    expect(isDisturbing('replace', address)).toBe(true);
    expect(isDisturbing('delete', address)).toBe(true);
    expect(isDisturbing('create', address)).toBe(false);
  });

  it.each([
    'aws_cloudwatch_metric_alarm.A',
    'aws_cloudwatch_dashboard.A',
    'aws_sns_topic_subscription.A',
    'aws_ecs_task_definition.A',
    'aws_codedeploy_deployment_config.A',
    'aws_appautoscaling_scheduled_action.A',
  ])('are not those of %s', (address) => {
    expect(isDisturbing('replace', address)).toBe(false);
    expect(isDisturbing('delete', address)).toBe(false);
  });

  it('are updates of resources in use, but not of their tags', () => {
    expect(isDisturbing('update', 'aws_ecs_service.A', 'desired_count', 'tags.Owner')).toBe(true);
    expect(isDisturbing('update', 'aws_ecs_service.A', 'tags.Owner', 'tags_all.Owner')).toBe(false);
    expect(isDisturbing('update', 'aws_cloudwatch_log_group.A', 'retention_in_days')).toBe(false);
  });

  it.each(['remove', 'import', 'move'] as const)('are not changes in the state only: %s', (action) => {
    expect(isDisturbing(action, 'aws_lb.A')).toBe(false);
  });
});
