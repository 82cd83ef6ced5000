import { type ContainerLog, containerLogs, containersUnknown } from '../aws/containers';
import type { Model, Resource } from '../model/model';
import { at, shown } from '../model/value';
import { type Finding, outsideOfPlan, rule, unknownUntilApply } from '../rule';

export const logGroupPerContainer = rule({
  id: 'log-group-per-container',
  severity: 'error',
  what: 'each container writes to a log group of its own, and log groups are encrypted and kept as long as configured',
  why: 'A group that AWS makes on its own is not encrypted, never expires and stays after destroy.',
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
      return [
        { got: `${log.container} in the log group of ${before.container}`, fix: 'give it a log group of its own' },
      ];
    }
    return log.group ? [] : missing(log, model);
  });
}

function missing({ container, name }: ContainerLog, { source }: Model): Finding[] {
  if (name === undefined) {
    return [{ got: `${container} without log group`, fix: 'log with awslogs to a group of its own' }];
  }
  if (source === 'plan') return outsideOfPlan(`log group ${shown(name)} of ${container}`);
  return [{ got: `${container} in log group ${shown(name)}, which no stack makes`, fix: 'make it in this stack' }];
}

function ofGroup({ attributes }: Resource, model: Model): Finding[] {
  const days = at(attributes, 'retention_in_days') ?? 0;
  const wanted = model.environment?.logs.retentionDays;
  return [
    ...(at(attributes, 'kms_key_id') === undefined
      ? [{ got: 'no kms_key_id', fix: "encrypt it with the stack's key" }]
      : []),
    ...(days === 0 || (wanted !== undefined && days !== wanted)
      ? [{ got: `retention_in_days ${shown(days)}`, fix: `set it to ${wanted ?? 'a number of days'}` }]
      : []),
  ];
}
