import { modelWith } from '../model.fixture';
import { containerLogs } from './containers';

describe('logs of containers', () => {
  it('are found by reference and by name', () => {
    const container = (name: string, group?: string) => ({
      name,
      ...(group !== undefined && { logConfiguration: { options: { 'awslogs-group': group } } }),
    });
    const containers = [container('a', '${aws_cloudwatch_log_group.A.name}'), container('b', 'b'), container('c')];
    const model = modelWith({
      aws_cloudwatch_log_group: { A: { name: 'a' }, B: { name: 'b' } },
      aws_ecs_task_definition: { T: { container_definitions: JSON.stringify(containers) } },
    });
    const [task] = model.all('aws_ecs_task_definition');
    expect(
      task && containerLogs(task, model).map(({ container, name, group }) => [container, name, group?.address]),
    ).toEqual([
      ['a', '${aws_cloudwatch_log_group.A.name}', 'aws_cloudwatch_log_group.A'],
      ['b', 'b', 'aws_cloudwatch_log_group.B'],
      ['c', undefined, undefined],
    ]);
  });
});
