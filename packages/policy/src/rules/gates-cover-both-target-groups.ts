import { ecsDeploymentGroups, targetGroupPair } from '../aws/blue-green';
import type { Model, Resource } from '../model/model';
import { at, shown, texts } from '../model/value';
import { attributeIs, type Finding, outsideOfPlan, rule, unknownUntilApply } from '../rule';

/** https://docs.aws.amazon.com/codedeploy/latest/userguide/limits.html: alarms associated with a deployment group. */
const MOST_ALARMS = 10;

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html */
const PER_TARGET_GROUP = ['HealthyHostCount', 'UnHealthyHostCount'];

const ALARMS = 'alarm_configuration.alarms';

export const gatesCoverBothTargetGroups = rule({
  id: 'gates-cover-both-target-groups',
  severity: 'error',
  what: 'a deployment group has metric alarms that exist and that cover both target groups',
  why: 'The new version uses the blue and the green target group in turn: an alarm on one group misses every second release.',
  sources: [
    'R10.4',
    'https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-groups-configure-advanced-options.html',
    'https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_AlarmConfiguration.html',
  ],
  appliesTo: ecsDeploymentGroups,
  check(group, model) {
    const { attributes, stack } = group;
    const names = texts(at(attributes, ALARMS));
    const alarms = names.map((name) => model.meant('aws_cloudwatch_metric_alarm', name, stack, 'alarm_name'));
    return [
      ...attributeIs(attributes, 'alarm_configuration.enabled', true),
      ...attributeIs(attributes, 'alarm_configuration.ignore_poll_alarm_failure', false, false),
      ...(names.length > MOST_ALARMS
        ? [{ got: `${ALARMS} ${names.length}`, fix: `use at most ${MOST_ALARMS}, the limit of CodeDeploy` }]
        : []),
      ...names
        .filter((_, index) => !alarms[index])
        .flatMap((name): Finding[] =>
          model.source === 'plan'
            ? outsideOfPlan(ALARMS)
            : [{ got: `${ALARMS} ${name}`, fix: 'use a metric alarm of this environment' }],
        ),
      ...uncovered(
        group,
        alarms.flatMap((alarm) => alarm ?? []),
        model,
      ),
    ];
  },
});

function uncovered(group: Resource, alarms: readonly Resource[], model: Model): Finding[] {
  if (model.source === 'plan' && alarms.some((alarm) => isVague(alarm, model))) return unknownUntilApply(ALARMS);
  const watched = alarms.flatMap((alarm) => watchedBy(alarm, model));
  return targetGroupPair(group, model)
    .filter((targetGroup) => !watched.includes(targetGroup))
    .map((targetGroup) => ({
      got: `no alarm on ${targetGroup.address} (${shown(targetGroup.attributes['name'])})`,
      fix: `add one with the dimension TargetGroup to ${ALARMS}`,
    }));
}

function watchedBy({ attributes: { dimensions, metric_query: queries }, stack }: Resource, model: Model): Resource[] {
  return model.targets([dimensions ?? null, queries ?? null], stack).map(({ resource }) => resource);
}

/** Whether an alarm is on a target group that is unknown in the plan, as with `each.value` of a local value. */
function isVague(alarm: Resource, model: Model): boolean {
  const watchesGroup = watchedBy(alarm, model).some(({ type }) => type === 'aws_lb_target_group');
  return PER_TARGET_GROUP.includes(String(alarm.attributes['metric_name'])) && !watchesGroup;
}
