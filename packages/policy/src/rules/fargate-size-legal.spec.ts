import { environmentWith } from '../environment.fixture';
import { judge, modelWith } from '../model.fixture';
import type { Attributes } from '../model/value';
import { fargateSizeLegal } from './fargate-size-legal';

function model(size: Attributes, containers: Attributes[], environment = environmentWith()) {
  const task = { requires_compatibilities: ['FARGATE'], container_definitions: JSON.stringify(containers), ...size };
  return modelWith({ aws_ecs_task_definition: { Task: task } }, {}, environment);
}

const container = (size: Attributes) => ({ name: 'batch', ...size });

describe('fargate-size-legal (R4.1)', () => {
  it('refuses CPU that Fargate does not offer, and memory that it does not offer with it', () => {
    const resource = (size: Attributes) =>
      modelWith({ aws_ecs_task_definition: { Task: { requires_compatibilities: ['FARGATE'], ...size } } });
    expect(judge(fargateSizeLegal, resource({ cpu: '300', memory: '512' }))).toEqual([
      'aws_ecs_task_definition.Task: cpu 300 - use one of 256, 512, 1024, 2048, 4096, 8192, 16384',
    ]);
    expect(judge(fargateSizeLegal, resource({ cpu: '256' }))).toEqual([
      'aws_ecs_task_definition.Task: memory none with cpu 256 - use one of 512, 1024, 2048',
    ]);
  });

  it('refuses a container without limits, and several that are more than the task', () => {
    const size = { cpu: '2048', memory: '4096' };
    expect(judge(fargateSizeLegal, model(size, [container({ cpu: 0 })]))).toEqual([
      'aws_ecs_task_definition.Task: no cpu on container batch - give it a limit of its own',
      'aws_ecs_task_definition.Task: no memory on container batch - give it a limit of its own',
    ]);
    const two = [container({ cpu: 1024, memory: 4096 }), container({ cpu: 1024, memory: 1024 })];
    expect(judge(fargateSizeLegal, model(size, two))).toEqual([
      'aws_ecs_task_definition.Task: memory 5120 of all containers - stay within the 4096 of the task',
    ]);
  });

  it('refuses another size than the one that is configured', () => {
    expect(judge(fargateSizeLegal, model({ cpu: '1024', memory: '8192' }, []))).toEqual([
      'aws_ecs_task_definition.Task: cpu 1024 - set it to 2048, as configured',
      'aws_ecs_task_definition.Task: memory 8192 - set it to 4096, as configured',
    ]);
  });

  it('accepts a pair of Fargate with limits on the container', () => {
    const containers = [container({ cpu: 2048, memory: 4096 })];
    expect(judge(fargateSizeLegal, model({ cpu: '2048', memory: '4096' }, containers))).toEqual([]);
  });

  it('is not about tasks of EC2', () => {
    const tasks = { Task: { requires_compatibilities: ['EC2'] } };
    expect(judge(fargateSizeLegal, modelWith({ aws_ecs_task_definition: tasks }))).toBe('not applicable');
  });
});
