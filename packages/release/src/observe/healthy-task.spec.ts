import type { Task } from '@aws-sdk/client-ecs';
import { UserError } from '@nightshift/errors';
import { BLUE_GROUP, digestOf, REPOSITORY, revisionArn, taskArn, taskSet } from '../testing/fake-ecs';
import { FakePlatform } from '../testing/fake-platform';
import { awaitHealthyTask } from './healthy-task';

describe('awaitHealthyTask', () => {
  let platform: FakePlatform;
  let waits: number;
  beforeEach(() => {
    platform = new FakePlatform();
    waits = 0;
  });

  const wait = (signal?: AbortSignal) => awaitHealthyTask(platform.context, () => (waits += 1), signal);
  const seconds = () => (platform.clock.now().getTime() - Date.parse('2026-11-24T10:00:00Z')) / 1000;
  const runImage = (image: string) => {
    const { taskDefinitionArn } = platform.ecs.register({ containerDefinitions: [{ name: 'batch-processor', image }] });
    platform.ecs.service = {
      ...platform.ecs.service,
      taskSets: [taskSet('ecs-svc/1', 'PRIMARY', String(taskDefinitionArn), BLUE_GROUP)],
    };
  };

  it('makes two calls if a task is healthy', async () => {
    platform.health.set(BLUE_GROUP, ['unhealthy', 'healthy']);
    expect(await wait()).toBeUndefined();
    expect(platform.calls).toEqual(['DescribeServices', 'DescribeTargetHealth']);
    expect(waits).toBe(0);
  });

  it('does not wait if no task should run', async () => {
    platform.health.set(BLUE_GROUP, []);
    platform.ecs.service = { ...platform.ecs.service, desiredCount: 0 };
    expect(await wait()).toBeUndefined();
    expect(platform.calls).toEqual(['DescribeServices']);
  });

  it('waits for the first healthy task', async () => {
    platform.health.set(BLUE_GROUP, ['initial']);
    platform.clock.onSleep = () => {
      if (seconds() === 90) platform.health.set(BLUE_GROUP, ['healthy']);
    };
    expect(await wait()).toBeUndefined();
    expect(seconds()).toBe(90);
    expect(waits).toBe(1);
  });

  it.each([
    ['a tag', `${REPOSITORY}:1.5.0`, '1.5.0'],
    ['a digest', `${REPOSITORY}@${digestOf('ff')}`, digestOf('ff')],
  ])('does not wait for an image that is not in the repository: %s', async (_, image, name) => {
    platform.health.set(BLUE_GROUP, []);
    runImage(image);
    expect(await wait()).toEqual({ kind: 'missing-image', image: name, repository: 'ecr-repository-test' });
    expect(waits).toBe(0);
    expect(seconds()).toBe(0);
  });

  it('gives up after ten minutes of AWS time, with the newest event of the service', async () => {
    platform.health.delete(BLUE_GROUP);
    runImage('public.ecr.aws/docker/library/busybox:1');
    platform.ecs.service = {
      ...platform.ecs.service,
      events: [{ message: 'unable to place a task' }, { message: '' }],
    };
    expect(await wait()).toEqual({ kind: 'unhealthy', reason: 'unable to place a task', milliseconds: 600_000 });
    platform.ecs.service = { ...platform.ecs.service, events: undefined };
    platform.timeScale = 10;
    const reason = 'ECS reports no event of the service';
    expect(await wait()).toEqual({ kind: 'unhealthy', reason, milliseconds: 60_000 });
  });

  it('waits at least a minute in the local cloud, where a task is a process', async () => {
    platform.health.set(BLUE_GROUP, []);
    platform.timeScale = 120;
    expect(await wait()).toMatchObject({ milliseconds: 60_000 });
  });

  it('gives up if the task set has no load balancer', async () => {
    const [set] = platform.ecs.service?.taskSets ?? [];
    platform.ecs.service = { ...platform.ecs.service, taskSets: [{ ...set, loadBalancers: undefined }] };
    expect(await wait()).toMatchObject({ kind: 'unhealthy' });
  });

  it('returns the reason of the newest stopped task, with its exit code and its last log line', async () => {
    platform.health.set(BLUE_GROUP, []);
    const stopped = (id: string, minute: number, more: Partial<Task>): Task => ({
      taskArn: taskArn(id),
      taskDefinitionArn: revisionArn(1),
      desiredStatus: 'STOPPED',
      lastStatus: 'STOPPED',
      stoppedAt: new Date(`2026-11-24T10:0${String(minute)}:00Z`),
      stoppedReason: 'Essential container in task exited',
      ...more,
    });
    platform.ecs.tasks = [
      stopped('2b', 4, { containers: [{ name: 'batch-processor', exitCode: 1 }] }),
      stopped('1a', 2, {}),
    ];
    const reasonFor = async () => {
      const problem = await wait(AbortSignal.abort());
      return problem?.kind === 'unhealthy' ? problem.reason : undefined;
    };
    expect(await reasonFor()).toBe('task 2b stopped: Essential container in task exited (exit code 1)');
    platform.logs.set('batch-processor/batch-processor/2b', ['Starting', 'Error: no model\n']);
    expect(await reasonFor()).toBe(
      'task 2b stopped: Essential container in task exited (exit code 1); its last log line: Error: no model',
    );
    platform.ecs.tasks = [stopped('3c', 5, { stoppedReason: 'ResourceInitializationError: unable to pull secrets' })];
    expect(await reasonFor()).toBe('task 3c stopped: ResourceInitializationError: unable to pull secrets');
  });

  it('ends on the signal', async () => {
    platform.health.set(BLUE_GROUP, []);
    expect(await wait(AbortSignal.abort())).toMatchObject({ kind: 'unhealthy', milliseconds: 0 });
  });

  it('refuses a missing service', async () => {
    platform.ecs.service = undefined;
    await expect(wait()).rejects.toThrow(UserError);
  });
});
