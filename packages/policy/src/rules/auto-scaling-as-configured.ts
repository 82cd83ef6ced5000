import type { Model, Resource } from '../model/model';
import { at, type Attributes, blocks, shown, type Value } from '../model/value';
import { attributeIs, type Finding, rule } from '../rule';

const CPU = 'ECSServiceAverageCPUUtilization';
const TRACKING = 'target_tracking_scaling_policy_configuration';
const STEPS = 'step_scaling_policy_configuration.step_adjustment';

export const autoScalingAsConfigured = rule({
  id: 'auto-scaling-as-configured',
  severity: 'error',
  what: 'target tracking on CPU adds tasks, only an alarm on low CPU removes tasks, and their number stays between minimum and maximum',
  why: 'Target tracking alone removes tasks as soon as CPU is a little below its target, during the calculations.',
  sources: [
    'R7',
    'R14.3',
    'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-autoscaling-targettracking.html',
    'https://docs.aws.amazon.com/autoscaling/application/userguide/step-scaling-policy-overview.html',
  ],
  appliesTo: (model) =>
    model.all('aws_appautoscaling_target').filter(({ attributes }) => attributes['service_namespace'] === 'ecs'),
  check(target, model) {
    const policies = sameScalable('aws_appautoscaling_policy', target, model);
    const tracking = policies.filter(({ attributes }) => blocks(attributes[TRACKING]).length > 0);
    const takingAway = policies.filter(takesAway);
    return [
      ...boundsOf(target, model),
      ...(tracking.some(isOnCpu) ? [] : [{ got: 'no target tracking on CPU', fix: `add a policy with ${CPU}` }]),
      ...tracking.flatMap((policy) => trackingOf(policy, model)),
      ...(takingAway.length > 0 ? [] : [{ got: 'no policy that removes tasks', fix: 'add one with an alarm' }]),
      ...takingAway.flatMap((policy) => takingAwayOf(policy, model)),
      ...sameScalable('aws_appautoscaling_scheduled_action', target, model).flatMap((action) =>
        withinBounds(action, target),
      ),
    ];
  },
});

/** Policies and targets of the same service, by reference or by name. */
function sameScalable(type: string, target: Resource, model: Model): readonly Resource[] {
  const idOf = ({ attributes, stack }: Resource) => shown(model.literal(attributes['resource_id'], stack));
  return model.all(type).filter((one) => idOf(one) === idOf(target));
}

function boundsOf({ attributes }: Resource, { environment }: Model): Finding[] {
  if (!environment) return [];
  const { minimum, maximum } = environment.scaling;
  return [...attributeIs(attributes, 'min_capacity', minimum), ...attributeIs(attributes, 'max_capacity', maximum)];
}

function isOnCpu({ attributes }: Resource): boolean {
  return at(attributes, `${TRACKING}.predefined_metric_specification.predefined_metric_type`) === CPU;
}

function trackingOf(policy: Resource, { environment }: Model): Finding[] {
  const wanted = environment?.scaling.scaleOut.cpuPercent;
  return [
    ...attributeIs(policy.attributes, `${TRACKING}.disable_scale_in`, true),
    ...(wanted === undefined || !isOnCpu(policy)
      ? []
      : attributeIs(policy.attributes, `${TRACKING}.target_value`, wanted)),
  ].map((finding) => ({ ...finding, subject: policy }));
}

function takesAway({ attributes }: Resource): boolean {
  return blocks(at(attributes, STEPS)).some(({ scaling_adjustment: change }) => Number(change) < 0);
}

function takingAwayOf(policy: Resource, model: Model): Finding[] {
  const alarms = model
    .uses(policy)
    .filter(({ user, attribute }) => user.type === 'aws_cloudwatch_metric_alarm' && attribute.endsWith('_actions'));
  if (alarms.length === 0)
    return [{ subject: policy, got: 'no alarm', fix: 'add an alarm on low CPU with this policy as its action' }];
  return alarms.flatMap(({ user, attribute }) => [
    ...firesOnLowCpu(user.attributes, model).map((finding) => ({ ...finding, subject: user })),
    ...(attribute === 'alarm_actions'
      ? []
      : [{ subject: user, got: `the policy in ${attribute}`, fix: 'move it to alarm_actions' }]),
  ]);
}

function firesOnLowCpu(alarm: Attributes, { environment }: Model): Finding[] {
  const wanted = environment?.scaling.scaleIn.cpuPercent;
  return [
    ...attributeIs(alarm, 'metric_name', 'CPUUtilization'),
    ...attributeIs(alarm, 'comparison_operator', 'LessThanThreshold'),
    // Missing data does not mean low usage.
    ...attributeIs(alarm, 'treat_missing_data', 'missing', 'missing'),
    ...(wanted === undefined ? [] : attributeIs(alarm, 'threshold', wanted)),
  ];
}

/** Schedules change minimum and maximum, and must stay within the configured ones. */
function withinBounds(action: Resource, target: Resource): Finding[] {
  const [least, most] = [target.attributes['min_capacity'], target.attributes['max_capacity']];
  const outside = (value: Value | undefined) =>
    value !== undefined && (Number(value) < Number(least) || Number(value) > Number(most));
  return ['min_capacity', 'max_capacity'].flatMap((name) => {
    const path = `scalable_target_action.${name}`;
    const value = at(action.attributes, path);
    if (!outside(value)) return [];
    return [{ subject: action, got: `${path} ${shown(value)}`, fix: `stay within ${shown(least)} and ${shown(most)}` }];
  });
}
