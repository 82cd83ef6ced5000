import { sdkError } from '@nightshift/testing/aws';
import { revisionArn } from '../testing/fake-ecs';
import type { FakePlatform } from '../testing/fake-platform';
import { begin, KEY, shift, stop, stoppedTask, succeed, succeedAtOnce, watchFixture } from '../testing/watch-fixture';
import { watchRelease } from './watch-release';

describe('watchRelease', () => {
  it('completes a release: restores auto-scaling and records the time of each phase (R10.5)', async () => {
    const { platform, watch, snapshots, record } = await watchFixture();
    const end = await watch([() => begin(platform), () => shift(platform), () => succeed(platform)]);
    expect(end).toEqual({ kind: 'succeeded' });
    expect(snapshots.map(({ phase }) => phase)).toEqual(['created', 'installing', 'shifting', 'ended']);
    expect(platform.scaling).toMatchObject({ DynamicScalingInSuspended: false, DynamicScalingOutSuspended: false });
    expect(record()).toMatchObject({
      outcome: 'succeeded',
      endedAt: '2026-11-24T10:00:15.000Z',
      to: { taskDefinition: revisionArn(2) },
      durations: { created: 5, installing: 5, shifting: 5, baking: 0 },
      scaling: { restored: true },
      events: [
        { time: '2026-11-24T10:00:00.000Z', text: 'deployment d-1 created' },
        { time: '2026-11-24T10:00:05.000Z', text: 'Install begins' },
        { time: '2026-11-24T10:00:10.000Z', text: 'Install: Succeeded' },
        { time: '2026-11-24T10:00:10.000Z', text: 'AllowTraffic begins' },
        { time: '2026-11-24T10:00:15.000Z', text: 'AllowTraffic: Succeeded' },
        { time: '2026-11-24T10:00:15.000Z', text: 'deployment: Succeeded' },
      ],
    });
    expect(record()).not.toHaveProperty('cause');
  });

  it('lets the image of an unused release expire once the record is closed (R2.2)', async () => {
    const { platform, watch } = await watchFixture();
    const kept = () =>
      platform.ecr.images.filter(({ tags = [] }) => tags.some((tag) => tag.startsWith('nightshift-keep-')));
    expect(kept()).toHaveLength(2);
    await watch([() => begin(platform), () => stop(platform, 'MANUAL_STOP', 'stopped')]);
    expect(kept().map(({ tags }) => tags)).toEqual([['initial', 'nightshift-keep-1a0000000000']]);
  });

  it('ends although the tags of images cannot be changed, unless the error is a defect', async () => {
    const end = async (error: Error) => {
      const { platform, watch } = await watchFixture();
      platform.fail('BatchDeleteImage', error);
      return await watch([() => begin(platform), () => stop(platform, 'MANUAL_STOP', 'stopped')]);
    };
    expect((await end(sdkError('AccessDeniedException'))).kind).toBe('stopped');
    await expect(end(new TypeError('a defect'))).rejects.toThrow('a defect');
  });

  it('records the duration of each phase while the release is in progress', async () => {
    const { platform, watch, record } = await watchFixture();
    const noted: unknown[] = [];
    const note = () => noted.push(record().durations);
    await watch([
      () => begin(platform),
      () => {
        note();
        shift(platform);
      },
      () => {
        note();
        succeed(platform);
      },
    ]);
    expect(noted).toEqual([{ created: 5 }, { created: 5, installing: 5 }]);
  });

  it.each<[string, (platform: FakePlatform) => void]>([
    ['is written by others', (platform) => platform.bucket.put(KEY, platform.bucket.value(KEY))],
    ['is deleted', (platform) => platform.bucket.objects.delete(KEY)],
  ])('continues if the record %s in the meantime', async (_, disturb) => {
    const { platform, watch } = await watchFixture();
    const trouble: string[] = [];
    const controller = new AbortController();
    const disturbed = (command: string) => {
      platform.bucket.onCall = () => undefined;
      if (command === 'PutObject') disturb(platform);
      return undefined;
    };
    const looks = [
      () => {
        begin(platform);
        platform.bucket.onCall = disturbed;
      },
      () => controller.abort(),
    ];
    const onTrouble = ({ message }: Error) => trouble.push(message);
    expect(await watch(looks, { signal: controller.signal, onTrouble })).toEqual({ kind: 'detached' });
    expect(trouble).toEqual([]);
  });

  it('reports problems with the record, and ends on defects', async () => {
    const { platform, watch } = await watchFixture();
    const trouble: string[] = [];
    const controller = new AbortController();
    const failing = (error: Error) => () => {
      begin(platform);
      platform.bucket.onCall = (command) => (command === 'PutObject' ? error : undefined);
    };
    const onTrouble = ({ message }: Error) => trouble.push(message);
    await watch([failing(sdkError('SlowDown', 'slow down', 503)), () => controller.abort()], {
      signal: controller.signal,
      onTrouble,
    });
    expect(trouble).toEqual(['slow down']);
    failing(new TypeError('a defect'))();
    await expect(watch([])).rejects.toThrow('a defect');
  });

  it('waits for the end of a rollback and reports its cause', async () => {
    const { platform, watch, record } = await watchFixture();
    const [traffic] = [
      {
        lifecycleEventName: 'Install',
        status: 'Failed' as const,
        startTime: platform.clock.now(),
        endTime: platform.clock.now(),
        diagnostics: { message: 'gate' },
      },
    ];
    const end = await watch([
      () => begin(platform),
      () => {
        platform.codedeploy.target = {
          lifecycleEvents: [traffic!, { lifecycleEventName: 'AllowTraffic', status: 'Skipped' }],
        };
        platform.ecs.tasks = [stoppedTask(platform, 'a', 'exited')];
        stop(platform, 'ALARM_ACTIVE', 'gate');
      },
    ]);
    expect(end).toEqual({ kind: 'rolled-back', cause: 'gate' });
    expect(record()).toMatchObject({ outcome: 'rolled-back', cause: 'gate', durations: { 'rolling-back': 0 } });
    expect(record().events.map(({ text }) => text)).toEqual([
      'deployment d-1 created',
      'Install begins',
      'Install: Failed: gate',
      'task a of 1.4.2 stopped: exited',
      'rollback d-2 created',
      'rollback: Succeeded',
      'deployment: Stopped',
    ]);
  });

  it('detaches on request without restoring anything', async () => {
    const { platform, watch, record } = await watchFixture();
    const controller = new AbortController();
    expect(await watch([() => controller.abort()], { signal: controller.signal })).toEqual({ kind: 'detached' });
    expect(platform.scaling).toMatchObject({ DynamicScalingInSuspended: true });
    expect(record().outcome).toBeUndefined();
  });

  it('polls at a readable rate, and at least every five seconds of AWS time', async () => {
    for (const [timeScale, milliseconds] of [
      [1, 5000],
      [10, 500],
      [60, 250],
    ] as const) {
      const { platform, watch } = await watchFixture(timeScale);
      const slept: number[] = [];
      const controller = new AbortController();
      await watch([], {
        signal: controller.signal,
        onSnapshot: () => {
          platform.clock.onSleep = (time) => {
            slept.push(time);
            controller.abort();
          };
        },
      });
      expect(slept).toEqual([milliseconds]);
    }
  });

  it('continues when AWS does not respond for a while', async () => {
    const { platform, watch, snapshots } = await watchFixture();
    const trouble: string[] = [];
    const failing = () => platform.fail('GetDeployment', sdkError('ThrottlingException', 'Rate exceeded'));
    failing();
    const looks = [failing, () => begin(platform), () => succeedAtOnce(platform)];
    expect(await watch(looks, { onTrouble: ({ message }) => trouble.push(message) })).toEqual({ kind: 'succeeded' });
    expect(trouble).toEqual(['Rate exceeded', 'Rate exceeded']);
    expect(snapshots).toHaveLength(2);
    failing();
    platform.codedeploy.change('d-1', { status: 'Succeeded' });
    expect(await watch([])).toEqual({ kind: 'succeeded' });
  });

  it('ends with an error that AWS returns', async () => {
    const { platform, watch } = await watchFixture();
    platform.fail('GetDeployment', sdkError('ExpiredTokenException', 'expired'));
    await expect(watch([])).rejects.toThrow('expired');
  });

  it('reports the outcome of the release even if a later step fails', async () => {
    const { platform, watch } = await watchFixture();
    succeedAtOnce(platform);
    platform.fail('RegisterScalableTarget', sdkError('InternalServiceException', 'internal', 500));
    await expect(watch([])).rejects.toThrow(
      'releases of test: the release has ended (succeeded), but auto-scaling was not restored or the record was not closed, got internal - finish it: npx nightshift release status -c test',
    );
    platform.fail('RegisterScalableTarget', new TypeError('a defect'));
    await expect(watch([])).rejects.toThrow(TypeError);
  });

  it('gives up after the time at which CodeDeploy must have ended', async () => {
    const { platform, watch } = await watchFixture();
    expect(await watch([() => platform.clock.pass(2 * 3_600_000)], { stopWhenStuck: false })).toEqual({
      kind: 'detached',
      cause: 'CodeDeploy should have ended by now',
    });
  });

  it('watches a deployment without a release, and changes nothing', async () => {
    const { platform } = await watchFixture();
    platform.codedeploy.add({ status: 'Succeeded' });
    expect(await watchRelease(platform.context, 'd-2')).toEqual({ kind: 'succeeded' });
    expect(platform.scaling).toMatchObject({ DynamicScalingInSuspended: true });
    platform.bucket.objects.delete('test/releases/latest.json');
    expect(await watchRelease(platform.context, 'd-2')).toEqual({ kind: 'succeeded' });
  });

  it('records the deployment of a release whose command was killed before it could', async () => {
    const { platform, id, watch, record } = await watchFixture();
    const { deploymentId: _forgotten, ...rest } = record();
    platform.bucket.put(KEY, { ...rest, to: {} });
    await watch([() => begin(platform), () => shift(platform), () => succeed(platform)]);
    expect(record()).toMatchObject({ deploymentId: id, outcome: 'succeeded', to: { taskDefinition: revisionArn(2) } });
    expect(_forgotten).toBe(id);
  });
});
