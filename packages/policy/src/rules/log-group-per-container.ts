import { type ContainerLog, containerLogs, containersUnknown } from '../aws/containers';
import type { Model, Resource } from '../model/model';
import { at, shown } from '../model/value';
import { type Finding, outsideOfPlan, rule, unknownUntilApply } from '../rule';

export const logGroupPerContainer = rule({
  id: 'log-group-per-container',
  severity: 'error',
  what: 'each container has its own log group, and log groups have encryption and the configured retention',
  why: 'A log group that AWS creates by itself has no encryption and no retention, and remains after destroy.',
  sources: [
    'R8',
    'CKV_AWS_158',
    'CKV_AWS_66',
    'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html',
  ],
  appliesTo: (model) => model.all('aws_ecs_task_definition', 'aws_cloudwatch_log_group'),
  check: (resource, model) =>
    resource.type === 'aws_cloudwatch_log_group' ? ofGroup(resource, model) : ofTask(resource, model),
});

function ofTask(task: Resource, model: Model): Finding[] {
  if (containersUnknown(task)) return unknownUntilApply('container_definitions');
  const logs = containerLogs(task, model);
  return logs.flatMap((log, index) => {
    const before = logs.slice(0, index).find(({ name }) => name === log.name);
    if (log.group && before) {
      return [{ got: `${log.container} in the log group of ${before.container}`, fix: 'give it its own log group' }];
    }
    return log.group ? [] : missing(log, model);
  });
}

function missing({ container, name }: ContainerLog, { source }: Model): Finding[] {
  if (name === undefined) {
    return [{ got: `${container} without a log group`, fix: 'use the awslogs driver with its own log group' }];
  }
  if (source === 'plan') return outsideOfPlan(`log group ${shown(name)} of ${container}`);
  return [{ got: `${container} in log group ${shown(name)}, which no stack creates`, fix: 'create it in this stack' }];
}

function ofGroup({ attributes }: Resource, model: Model): Finding[] {
  const days = at(attributes, 'retention_in_days') ?? 0;
  const wanted = model.environment?.logs.retentionDays;
  return [
    ...(at(attributes, 'kms_key_id') === undefined
      ? [{ got: 'no kms_key_id', fix: 'set it to the key of the stack' }]
      : []),
    ...(days === 0 || (wanted !== undefined && days !== wanted)
      ? [{ got: `retention_in_days ${shown(days)}`, fix: `set it to ${wanted ?? 'a number of days'}` }]
      : []),
  ];
}
