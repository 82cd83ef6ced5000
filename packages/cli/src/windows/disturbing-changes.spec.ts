import type { PlannedAction, PlannedChange } from '../plan/planned-change';
import { disturbingChanges } from './disturbing-changes';

const change = (action: PlannedAction, address: string, ...paths: string[]): PlannedChange => ({
  action,
  address,
  constructPath: undefined,
  reason: undefined,
  attributes: paths.map((path) => ({ path, before: '1', after: '2', forcesReplacement: false })),
});
const isDisturbing = (...given: Parameters<typeof change>) => disturbingChanges([change(...given)]).length === 1;

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

  it('are changes of what is in use, but not of its tags', () => {
    expect(isDisturbing('update', 'aws_ecs_service.A', 'desired_count', 'tags.Owner')).toBe(true);
    expect(isDisturbing('update', 'aws_ecs_service.A', 'tags.Owner', 'tags_all.Owner')).toBe(false);
    expect(isDisturbing('update', 'aws_cloudwatch_log_group.A', 'retention_in_days')).toBe(false);
  });

  it.each(['remove', 'import', 'move'] as const)('are not that Terraform only keeps book: %s', (action) => {
    expect(isDisturbing(action, 'aws_lb.A')).toBe(false);
  });
});
