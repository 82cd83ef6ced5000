import { fargateCpus, fargateSizes, isFargateCpu } from '@nightshift/config';
import { containersOf } from '../model/containers-of';
import type { Model } from '../model/model';
import type { Resource } from '../model/subject';
import { shown, texts } from '../model/value';
import { rule, type Finding } from '../rule';

const UNITS = ['cpu', 'memory'] as const;

export const fargateSizeLegal = rule({
  id: 'fargate-size-legal',
  severity: 'error',
  what: 'CPU and memory are a pair that Fargate offers, set on the task and within it on each container',
  why: 'Fargate refuses other pairs when a task starts, and a container without limits takes what others need.',
  sources: [
    'R4.1',
    'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html#fargate-tasks-size',
  ],
  appliesTo: (model) =>
    model
      .all('aws_ecs_task_definition')
      .filter(({ attributes }) => texts(attributes['requires_compatibilities']).includes('FARGATE')),
  check: (task, model) => [...pairOf(task), ...asConfigured(task, model), ...containersWithin(task)],
});

function pairOf({ attributes }: Resource): Finding[] {
  const cpu = Number(attributes['cpu']);
  if (!isFargateCpu(cpu)) {
    return [{ got: `cpu ${shown(attributes['cpu'])}`, fix: `use one of ${fargateCpus.join(', ')}` }];
  }
  const offered: readonly number[] = fargateSizes[cpu];
  if (offered.includes(Number(attributes['memory']))) return [];
  return [{ got: `memory ${shown(attributes['memory'])} with cpu ${cpu}`, fix: `use one of ${offered.join(', ')}` }];
}

function asConfigured({ attributes }: Resource, { environment }: Model): Finding[] {
  if (!environment) return [];
  const wanted = { cpu: environment.task.cpu, memory: environment.task.memoryMiB };
  return UNITS.filter((unit) => Number(attributes[unit]) !== wanted[unit]).map((unit) => ({
    got: `${unit} ${shown(attributes[unit])}`,
    fix: `set it to ${wanted[unit]}, as configured`,
  }));
}

function containersWithin(task: Resource): Finding[] {
  const containers = containersOf(task);
  return UNITS.flatMap((unit) => {
    const unlimited = containers.filter((container) => !(Number(container[unit]) > 0));
    const sum = containers.reduce((total, container) => total + Number(container[unit] ?? 0), 0);
    const most = Number(task.attributes[unit]);
    return [
      ...unlimited.map(({ name }) => ({
        got: `no ${unit} on container ${shown(name)}`,
        fix: 'give it a limit of its own',
      })),
      ...(sum > most ? [{ got: `${unit} ${sum} of all containers`, fix: `stay within the ${most} of the task` }] : []),
    ];
  });
}
