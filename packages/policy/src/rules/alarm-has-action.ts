import type { Model, Resource } from '../model/model';
import { at, texts } from '../model/value';
import { type Finding, outsideOfPlan, rule } from '../rule';

export const alarmHasAction = rule({
  id: 'alarm-has-action',
  severity: 'error',
  what: 'an alarm notifies a topic on ALARM and on OK, unless it controls scaling or releases, or is part of a composite alarm',
  why: 'Nobody reacts to an alarm without a notification.',
  sources: [
    'R12.4',
    'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html#alarms-and-actions',
  ],
  appliesTo: (model) => model.all('aws_cloudwatch_metric_alarm', 'aws_cloudwatch_composite_alarm'),
  check(alarm, model) {
    if (at(alarm.attributes, 'actions_enabled') === false) {
      return [{ got: 'actions_enabled false', fix: 'set it to true' }];
    }
    if (scales(alarm, model) || isNamed(alarm, model)) return [];
    return ['alarm_actions', 'ok_actions'].flatMap((attribute) => ofActions(alarm, attribute, model));
  },
});

function ofActions(alarm: Resource, attribute: string, model: Model): Finding[] {
  const actions = texts(alarm.attributes[attribute]);
  const tells = actions.some((action) => model.meant('aws_sns_topic', action, alarm.stack, 'arn') !== undefined);
  if (tells) return [];
  if (model.source === 'plan' && model.isOutside(alarm.attributes[attribute], alarm.stack))
    return outsideOfPlan(attribute);
  return [{ got: `${attribute} ${actions.join(', ') || 'none'}`, fix: 'add a topic of this environment' }];
}

function scales(alarm: Resource, model: Model): boolean {
  return model.behind(alarm, 'alarm_actions', 'aws_appautoscaling_policy').length > 0;
}

/** Whether a deployment group or a composite alarm uses the alarm, so that it needs no actions. */
function isNamed(alarm: Resource, model: Model): boolean {
  const composite = model
    .uses(alarm)
    .some(({ user, attribute }) => user.type === 'aws_cloudwatch_composite_alarm' && attribute === 'alarm_rule');
  return composite || model.all('aws_codedeploy_deployment_group').some((group) => gates(group, alarm, model));
}

function gates({ attributes, stack }: Resource, alarm: Resource, model: Model): boolean {
  return texts(at(attributes, 'alarm_configuration.alarms')).some(
    (name) => model.meant(alarm.type, name, stack, 'alarm_name') === alarm,
  );
}
