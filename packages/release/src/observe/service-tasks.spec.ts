import { FakeTerminal } from '@nightshift/console/testing';
import { z } from 'zod';
import { revisionArn, taskArn } from '../testing/fake-ecs';
import { FakePlatform } from '../testing/fake-platform';
import {
  runningTask,
  serviceTasks,
  serviceUrl,
  startExec,
  taskLogLine,
  taskLogs,
  type TaskLogOptions,
  taskVariables,
  taskView,
} from './service-tasks';

const START = new Date('2026-11-24T10:00:00Z');

let platform: FakePlatform;

const task = (id: string, changes: object = {}) => ({
  taskArn: taskArn(id),
  taskDefinitionArn: revisionArn(1),
  desiredStatus: 'RUNNING',
  lastStatus: 'RUNNING',
  ...changes,
});

beforeEach(() => {
  platform = new FakePlatform();
  platform.ecs.tasks = [
    task('c3', { lastStatus: 'PENDING' }),
    task('b2', {
      startedAt: new Date(START.getTime() + 1000),
      healthStatus: 'HEALTHY',
      availabilityZone: 'us-east-1a',
      capacityProviderName: 'FARGATE_SPOT',
    }),
    task('a1', { startedAt: START, launchType: 'FARGATE' }),
    task('d4', { desiredStatus: 'STOPPED', lastStatus: 'STOPPED', stopCode: 'UserInitiated' }),
  ];
});

describe('serviceTasks', () => {
  it('returns the tasks that have not stopped, oldest first', async () => {
    expect(await serviceTasks(platform.context)).toEqual([
      {
        id: 'a1',
        version: 'initial',
        taskDefinition: 'ecs-task-test:1',
        status: 'RUNNING',
        health: 'UNKNOWN',
        startedAt: START,
        zone: '-',
        capacity: 'FARGATE',
      },
      expect.objectContaining({ id: 'b2', health: 'HEALTHY', zone: 'us-east-1a', capacity: 'FARGATE_SPOT' }),
      expect.objectContaining({ id: 'c3', status: 'PENDING', capacity: '-' }),
    ]);
    const terminal = new FakeTerminal();
    terminal.stdout.json(z.array(taskView), await serviceTasks(platform.context));
    expect(terminal.printed.stdout).toContain('"startedAt":"2026-11-24T10:00:00.000Z"');
    platform.ecs.tasks.push(task('e5', { lastStatus: 'PENDING' }));
    expect((await serviceTasks(platform.context)).map(({ id }) => id)).toEqual(['a1', 'b2', 'c3', 'e5']);
  });
});

describe('taskLogs', () => {
  const event = (id: string, seconds: number, message: string) => ({
    logStreamName: `batch-processor/batch-processor/${id}`,
    timestamp: START.getTime() + seconds * 1000,
    message,
    eventId: `${id}-${String(seconds)}`,
  });
  const read = async (options: Partial<TaskLogOptions> = {}) => {
    const lines: string[] = [];
    for await (const { time, task: id, text } of taskLogs(platform.context, { since: START, ...options }))
      lines.push(`${time.toISOString().slice(17, 19)} ${id} ${text}`);
    return lines;
  };

  it('returns the lines of all tasks, or of one', async () => {
    expect(await read()).toEqual([]);
    platform.logEvents = [event('a1', -5, 'early'), event('a1', 1, 'one\n'), event('b2', 2, 'two')];
    expect(await read()).toEqual(['01 a1 one', '02 b2 two']);
    expect(await read({ task: 'b' })).toEqual(['02 b2 two']);
    expect(Object.keys(taskLogLine.shape)).toEqual(['time', 'task', 'text']);
  });

  it('merges the lines of all tasks by time; lines of one time keep their order', async () => {
    const events = [event('a1', 1, 'one'), event('a1', 4, 'four'), event('b2', 2, 'two'), event('b2', 3, 'three')];
    platform.logEvents = [...events, { ...event('b2', 3, 'again'), eventId: 'b2-3-2' }];
    const lines = ['01 a1 one', '02 b2 two', '03 b2 three', '03 b2 again', '04 a1 four'];
    expect(await read()).toEqual(lines);
    platform.logEvents = [];
    const stop = new AbortController();
    platform.clock.onSleep = () => {
      if (platform.logEvents.length > 0) stop.abort();
      platform.logEvents = [event('c3', 8, 'eight'), event('d4', 7, 'seven')];
    };
    expect(await read({ follow: stop.signal })).toEqual(['07 d4 seven', '08 c3 eight']);
  });

  it('continues until the signal fires, each line once', async () => {
    const stop = new AbortController();
    platform.logEvents = [event('a1', 40, 'one')];
    platform.clock.onSleep = () => {
      platform.logEvents.push(event('b2', 20, 'late'));
      platform.clock.onSleep = () => {
        stop.abort();
      };
    };
    expect(await read({ follow: stop.signal })).toEqual(['40 a1 one', '20 b2 late']);
  });
});

describe('serviceUrl', () => {
  it.each([
    [{ Port: 80, Protocol: 'HTTP' }, 'http://alb-test-1.us-east-1.elb.amazonaws.com'],
    [{ Port: 443, Protocol: 'HTTPS' }, 'https://alb-test-1.us-east-1.elb.amazonaws.com'],
    [{ Port: 8080, Protocol: 'HTTP' }, 'http://alb-test-1.us-east-1.elb.amazonaws.com:8080'],
  ])('returns the URL of the production listener: %j', async (listener, url) => {
    platform.listener = { LoadBalancerArn: 'arn:alb', ...listener };
    expect(await serviceUrl(platform.context)).toBe(url);
  });
});

describe('startExec', () => {
  it('starts a command in the newest task, or in a named one', async () => {
    const started = await startExec(platform.context, '/bin/sh', undefined);
    expect(started).toMatchObject({ task: { id: 'b2' }, session: { sessionId: 'b2 batch-processor /bin/sh' } });
    expect((await startExec(platform.context, 'ls', 'a')).session.sessionId).toBe('a1 batch-processor ls');
  });

  it('requires a running task', async () => {
    await expect(startExec(platform.context, 'ls', 'ff')).rejects.toThrow(
      'tasks of ecs-service-test: no such task is running, got ff - see the tasks: npx nightshift tasks -c test',
    );
    platform.ecs.tasks = [];
    await expect(runningTask(platform.context)).rejects.toThrow(
      'tasks of ecs-service-test: no task is running - see the tasks: npx nightshift tasks -c test',
    );
  });
});

describe('taskVariables', () => {
  it('returns the variables of the container', async () => {
    const variables = async () => await taskVariables(platform.context, { taskDefinition: revisionArn(1) });
    expect(await variables()).toEqual({});
    const environment = [{ name: 'LOG_LEVEL', value: 'info' }];
    const { definition } = platform.ecs.revisions[0]!;
    definition.containerDefinitions = [{ name: 'batch-processor', image: 'x', environment }];
    expect(await variables()).toEqual({ LOG_LEVEL: 'info' });
    definition.containerDefinitions = [];
    expect(await variables()).toEqual({});
  });
});
