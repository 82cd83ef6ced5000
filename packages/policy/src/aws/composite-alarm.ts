import type { Model } from '../model/model';
import type { Resource } from '../model/subject';
import { shown } from '../model/value';
import type { Finding } from '../rule';

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html */
const STATE = /\b(?:ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*("[^"]*"|[^()]*?)\s*\)/g;

/** What is wrong with the alarms that a composite alarm is made of. */
export function compositeAlarm(alarm: Resource, model: Model): Finding[] {
  const rule = shown(alarm.attributes['alarm_rule']);
  // A plan that only knows it after apply has lost the text around the references.
  if (model.source === 'plan' && rule.includes('${')) return [];
  const names = [...rule.matchAll(STATE)].map(([, name]) => String(name).replace(/^"(.*)"$/, '$1'));
  if (names.length === 0) {
    return [{ got: `alarm_rule ${rule}`, fix: 'name alarms in it, such as ALARM("name")' }];
  }
  return names
    .filter((name) => !isAlarm(name, alarm, model))
    .map((name) => ({
      got: `alarm ${name}, which this environment does not have`,
      fix: 'use alarm_name of the alarm that is meant',
    }));
}

function isAlarm(name: string, { stack }: Resource, model: Model): boolean {
  return ['aws_cloudwatch_metric_alarm', 'aws_cloudwatch_composite_alarm'].some((type) =>
    ['alarm_name', 'arn'].some((identity) => model.meant(type, name, stack, identity) !== undefined),
  );
}
