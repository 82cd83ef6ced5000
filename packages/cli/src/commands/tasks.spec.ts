import { forEachTest } from '@nightshift/stack-run/testing';
import { task } from '../testing/fake-engine';
import { ReleaseRun } from '../testing/release-run';

const run = forEachTest(() => new ReleaseRun());

describe('nightshift tasks', () => {
  it('lists the tasks', async () => {
    expect((await run.run('tasks -c dev')).stdout).toBe('no tasks of dev\n');
    run.effects.printed.stdout = '';
    const pending = { ...task, id: '9c04d1', status: 'PENDING', health: 'UNKNOWN', capacity: 'FARGATE_SPOT' };
    run.engine.tasks = [{ ...task, startedAt: new Date('2026-11-24T02:00:05Z') }, pending];
    expect((await run.run('tasks -c dev')).stdout).toBe(
      `task      version  task definition  status   health   started (UTC)        capacity      zone
3f2a1b9c  1.4.2    ecs-task-dev:3   RUNNING  HEALTHY  2026-11-24 02:00:05  FARGATE       us-east-1a
9c04d1    1.4.2    ecs-task-dev:3   PENDING  UNKNOWN  -                    FARGATE_SPOT  us-east-1a
`,
    );
    run.effects.printed.stdout = '';
    expect(JSON.parse((await run.run('tasks -c dev --json')).stdout)).toMatchObject({
      verb: 'tasks',
      tasks: [{ id: '3f2a1b9c77e0aa' }, { id: '9c04d1' }],
    });
  });
});
