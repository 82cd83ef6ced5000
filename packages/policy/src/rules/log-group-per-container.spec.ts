import { Model } from '../model/model';
import { environmentWith } from '../environment.fixture';
import { findingsIn, modelWith } from '../model.fixture';
import type { Attributes } from '../model/value';
import { logGroupPerContainer } from './log-group-per-container';

const kept = { kms_key_id: '${aws_kms_key.K.arn}', retention_in_days: 30 };
const tasks = (...groups: readonly (string | undefined)[]) => {
  const containers = groups.map((group, index) => ({
    name: `c${index}`,
    ...(group !== undefined && { logConfiguration: { logDriver: 'awslogs', options: { 'awslogs-group': group } } }),
  }));
  return findingsIn(
    logGroupPerContainer,
    modelWith({
      aws_ecs_task_definition: { Task: { container_definitions: JSON.stringify(containers) } },
      aws_cloudwatch_log_group: { A: { name: 'a', ...kept }, B: { name: 'b', ...kept } },
    }),
  );
};
const group = (attributes: Attributes, environment?: ReturnType<typeof environmentWith>) =>
  findingsIn(logGroupPerContainer, modelWith({ aws_cloudwatch_log_group: { G: attributes } }, {}, environment));

describe('log-group-per-container (R8)', () => {
  it('refuses containers without a log group, with one that no stack creates, or with a shared one', () => {
    expect(tasks(undefined)).toEqual([
      'aws_ecs_task_definition.Task: c0 without a log group - use the awslogs driver with its own log group',
    ]);
    expect(tasks('other')).toEqual([
      'aws_ecs_task_definition.Task: c0 in log group other, which no stack creates - create it in this stack',
    ]);
    expect(tasks('${aws_cloudwatch_log_group.A.name}', 'b', '${aws_cloudwatch_log_group.A.name}')).toEqual([
      'aws_ecs_task_definition.Task: c2 in the log group of c0 - give it its own log group',
    ]);
  });

  it('refuses log groups without encryption or retention', () => {
    const noKey = 'aws_cloudwatch_log_group.G: no kms_key_id - set it to the key of the stack';
    expect(group({})).toEqual([noKey, 'aws_cloudwatch_log_group.G: retention_in_days 0 - set it to a number of days']);
    expect(group({ retention_in_days: 30 })).toEqual([noKey]);
  });

  it('refuses a retention that differs from the configuration', () => {
    const environment = environmentWith({ logs: { retentionDays: 90 } });
    expect(group(kept, environment)).toEqual(['aws_cloudwatch_log_group.G: retention_in_days 30 - set it to 90']);
    expect(group({ ...kept, retention_in_days: 90 }, environment)).toEqual([]);
  });

  it('accepts one log group per container, by reference or by name', () => {
    expect(tasks('${aws_cloudwatch_log_group.A.name}', 'b')).toEqual([]);
  });

  it('does not check log groups of another configuration in a plan', () => {
    const container_definitions = JSON.stringify([
      { name: 'app', logConfiguration: { options: { 'awslogs-group': '/ecs/app' } } },
    ]);
    const { stacks } = modelWith({ aws_ecs_task_definition: { T: { container_definitions } } });
    expect(findingsIn(logGroupPerContainer, new Model({ source: 'plan', stacks }))).toEqual([
      'aws_ecs_task_definition.T: not checked: log group /ecs/app of app refers to something outside of the plan',
    ]);
  });

  it('does not apply to other resources', () => {
    expect(findingsIn(logGroupPerContainer, modelWith({ aws_vpc: { Vpc: {} } }))).toBe('not applicable');
  });
});
