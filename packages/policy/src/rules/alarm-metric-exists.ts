import { containersOf } from '../aws/containers';
import { dimensionSources, metrics } from '../aws/metrics';
import type { Model, Resource } from '../model/model';
import { at, type Attributes, blocks, isAttributes, isUnknown, shown, type Value } from '../model/value';
import { type Finding, outsideOfPlan, rule, unknownUntilApply } from '../rule';

const TABLE = 'packages/policy/src/aws/metrics.ts';

export const alarmMetricExists = rule({
  id: 'alarm-metric-exists',
  severity: 'error',
  what: 'an alarm uses a metric that AWS publishes for a resource of this environment, or other alarms of the environment, and sets treat_missing_data',
  why: 'An alarm on a metric without data never fires.',
  sources: [
    'R12',
    'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html#alarms-and-missing-data',
  ],
  appliesTo: (model) => model.all('aws_cloudwatch_metric_alarm', 'aws_cloudwatch_composite_alarm'),
  check: (alarm, model) =>
    alarm.type === 'aws_cloudwatch_composite_alarm' ? compositeAlarm(alarm, model) : metricAlarm(alarm, model),
});

function metricAlarm(alarm: Resource, model: Model): Finding[] {
  return [
    ...(at(alarm.attributes, 'treat_missing_data') === undefined
      ? [{ got: 'no treat_missing_data', fix: 'set it, for example to notBreaching' }]
      : []),
    ...metricsOf(alarm).flatMap((metric) => ofMetric(metric, alarm, model)),
  ];
}

/** The metric of an alarm, or the metrics of its expression. */
function metricsOf({ attributes }: Resource): readonly Attributes[] {
  if (at(attributes, 'metric_name') !== undefined) return [attributes];
  return blocks(attributes['metric_query']).flatMap(({ metric }) => blocks(metric));
}

function ofMetric(metric: Attributes, alarm: Resource, model: Model): Finding[] {
  const namespace = shown(metric['namespace']);
  if (!/^(?:AWS|ECS)\//.test(namespace)) return [];
  const name = shown(metric['metric_name']);
  const series = metrics[namespace]?.[name];
  if (!series)
    return [{ got: `metric ${namespace} ${name}`, fix: `correct it, or add it to ${TABLE} with its source` }];
  const dimensions = metric['dimensions'] ?? {};
  // In a plan, all dimensions may be unknown until apply.
  if (!isAttributes(dimensions)) return unknownUntilApply('dimensions');
  const names = Object.keys(dimensions).sort().join(', ');
  if (!series.some((one) => one.join(', ') === names)) {
    const known = series.map((one) => one.join(', ')).join('; or ');
    return [{ got: `${name} by ${names || 'nothing'}`, fix: `give it the dimensions ${known}` }];
  }
  return Object.entries(dimensions).flatMap(([dimension, value]) => ofDimension(dimension, value, alarm, model));
}

function ofDimension(dimension: string, value: Value | undefined, alarm: Resource, model: Model): Finding[] {
  const got = `${dimension} ${shown(value)}`;
  if (dimension === 'ContainerName') {
    const containers = model.all('aws_ecs_task_definition').flatMap(containersOf);
    const known = containers.length === 0 || containers.some(({ name }) => name === value);
    return known ? [] : [{ got, fix: 'use the name of a container in a task definition' }];
  }
  const source = dimensionSources[dimension];
  if (!source) return [];
  const { type, attribute } = source;
  const targets = model.targets(value, alarm.stack);
  const known =
    targets.length > 0
      ? targets.some((target) => target.resource.type === type && target.attribute === attribute)
      : model.meant(type, value, alarm.stack, attribute) !== undefined;
  if (known) return [];
  // The name belongs to another configuration. A wrong attribute of a resource in this configuration is always a fault.
  if (model.source === 'plan' && model.isOutside(value, alarm.stack)) return outsideOfPlan(`dimension ${dimension}`);
  return [{ got, fix: `use ${attribute} of the ${type}` }];
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html */
const STATE = /\b(?:ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*("[^"]*"|[^()]*?)\s*\)/g;

/** The faults of the rule of a composite alarm. */
function compositeAlarm(alarm: Resource, model: Model): Finding[] {
  const rule = shown(alarm.attributes['alarm_rule']);
  // In a plan, a value known after apply lacks the text around its references.
  if (model.source === 'plan' && isUnknown(rule)) return unknownUntilApply('alarm_rule');
  const names = [...rule.matchAll(STATE)].map(([, name]) => String(name).replace(/^"(.*)"$/, '$1'));
  if (names.length === 0) {
    return [{ got: `alarm_rule ${rule}`, fix: 'name alarms in it, such as ALARM("name")' }];
  }
  return names
    .filter((name) => !isAlarm(name, alarm, model))
    .flatMap((name): Finding[] =>
      model.source === 'plan'
        ? outsideOfPlan(`alarm ${name}`)
        : [
            {
              got: `alarm ${name}, which this environment does not have`,
              fix: 'use the alarm_name of an alarm of this environment',
            },
          ],
    );
}

function isAlarm(name: string, { stack }: Resource, model: Model): boolean {
  return ['aws_cloudwatch_metric_alarm', 'aws_cloudwatch_composite_alarm'].some((type) =>
    ['alarm_name', 'arn'].some((identity) => model.meant(type, name, stack, identity) !== undefined),
  );
}
