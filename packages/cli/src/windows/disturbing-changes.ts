import type { PlannedChange } from '../plan/planned-change';

/** What takes no part in the calculations: it watches, tells, or waits for a release. */
const QUIET = [
  /^aws_cloudwatch_(?:metric_alarm|composite_alarm|dashboard|event_rule|event_target)\./,
  /^aws_sns_/,
  /^aws_codedeploy_/,
  /^aws_ecr_lifecycle_policy\./,
  /^aws_ecs_task_definition\./,
  /^aws_appautoscaling_scheduled_action\./,
  /^aws_flow_log\./,
];

/** What tasks, and requests to them, go through while they run: here even a change of a value can be felt. */
const IN_USE = [
  /^aws_ecs_(?:service|cluster)/,
  /^aws_appautoscaling_(?:target|policy)\./,
  /^aws_lb/,
  /^aws_(?:nat_gateway|eip|vpc_endpoint|route|network_acl|vpc_security_group|security_group)/,
  /^aws_iam_/,
  /^aws_kms_key\./,
];

/**
 * Of planned changes, those that replace or restart tasks, load balancer, NAT gateways or endpoints, or take something away that
 * they use (R14.2). What is new disturbs nobody.
 */
export function disturbingChanges(changes: readonly PlannedChange[]): readonly PlannedChange[] {
  return changes.filter(disturbs);
}

function disturbs({ action, address, attributes }: PlannedChange): boolean {
  const isOneOf = (types: readonly RegExp[]) => types.some((type) => type.test(address));
  switch (action) {
    case 'replace':
    case 'delete':
      return !isOneOf(QUIET);
    case 'update':
      return isOneOf(IN_USE) && !attributes.every(({ path }) => /^tags(?:_all)?\b/.test(path));
    case 'create':
    case 'remove':
    case 'import':
    case 'move':
      return false;
  }
}
