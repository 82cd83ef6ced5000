import { sdkError } from '@nightshift/testing/aws';
import { begin, eventsOf, stop, stoppedTask, succeedAtOnce, watchFixture } from '../testing/watch-fixture';

describe('a release that is stuck before any traffic has moved', () => {
  const stuck = async () => {
    const release = await watchFixture();
    const { platform } = release;
    begin(platform);
    platform.ecs.tasks = [1, 2, 3, 4, 5, 6].map((id) =>
      stoppedTask(platform, String(id), 'Essential container in task exited'),
    );
    return release;
  };
  const cause =
    'stopped because it was stuck: 6 new tasks have failed, the last one: Essential container in task exited';

  it('is stopped after five minutes, once, and counts as failed', async () => {
    const { platform, watch, record, snapshots } = await stuck();
    const looks = Array.from({ length: 62 }, () => () => undefined);
    const end = await watch([
      ...looks,
      () => {
        stop(platform, 'MANUAL_STOP', 'stopped');
        const [install] = eventsOf(platform);
        const diagnostics = { message: 'The deployment was manually stopped.' };
        platform.codedeploy.target = {
          lifecycleEvents: [{ ...install, status: 'Failed', endTime: platform.clock.now(), diagnostics }],
        };
      },
    ]);
    expect(end).toEqual({ kind: 'rolled-back', cause });
    expect(platform.codedeploy.requests).toEqual(['stop d-1, roll back: true']);
    expect(snapshots).toHaveLength(64);
    expect(record()).toMatchObject({ outcome: 'rolled-back', cause });
    const events = record().events.map(({ text }) => text);
    expect(events.filter((text) => /Install:/.test(text))).toEqual(['Install: Failed: stopped by nightshift: stuck']);
  });

  it('has the last log line of a failed task as its cause, also if CodeDeploy failed first', async () => {
    const { platform, watch, record } = await stuck();
    const line = '{"level":"fatal","message":"PRICES_URL is not set"}';
    platform.logs.set('batch-processor/batch-processor/6', ['starting', line]);
    await watch([() => stop(platform, 'ALARM_ACTIVE', 'alarms have been activated')]);
    expect(record().cause).toBe(
      'alarms have been activated; task 6 of 1.4.2 stopped: Essential container in task exited; its last log line: fatal: PRICES_URL is not set',
    );
  });

  it('is not stopped if it recovers, or if that is disabled', async () => {
    const { platform, watch } = await stuck();
    const looks = Array.from({ length: 40 }, () => () => undefined);
    const recover = () => {
      platform.ecs.service!.taskSets![1]!.computedDesiredCount = 9;
    };
    const relapse = () => {
      platform.ecs.service!.taskSets![1]!.computedDesiredCount = 3;
    };
    await watch([...looks, recover, relapse, ...looks, () => succeedAtOnce(platform)]);
    const unwanted = await stuck();
    await unwanted.watch([...looks, ...looks, () => succeedAtOnce(unwanted.platform)], { stopWhenStuck: false });
    expect([...platform.codedeploy.requests, ...unwanted.platform.codedeploy.requests]).toEqual([]);
  });

  it('is not stopped twice, and can end at that moment', async () => {
    const { platform, watch, record } = await stuck();
    const looks = Array.from({ length: 61 }, () => () => undefined);
    platform.fail('StopDeployment', sdkError('DeploymentAlreadyCompletedException'));
    expect(await watch([...looks, () => succeedAtOnce(platform)])).toEqual({ kind: 'succeeded' });
    expect(record()).not.toHaveProperty('cause');
    const refused = await stuck();
    refused.platform.fail('StopDeployment', sdkError('AccessDeniedException', 'not authorized'));
    await expect(refused.watch(looks)).rejects.toThrow('not authorized');
  });
});
