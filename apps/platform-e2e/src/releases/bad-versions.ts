import { CloudWatchClient, SetAlarmStateCommand } from '@aws-sdk/client-cloudwatch';
import { Load } from '../harness/load';
import type { Platform } from '../harness/platform';
import type { Behaviour, Releases } from '../harness/releases';

const ROLLED_BACK = 10;
const REFUSED = 1;

/** R10.4: bad versions. `good-1` is running. */
export function badVersions(releases: Releases, platform: () => Platform): void {
  it('refuses an image that does not exist before anything changes', async () => {
    const before = (await releases.history()).length;
    const run = await releases.release('--image nowhere --yes --json');
    expect(run.exitCode).toBe(REFUSED);
    expect(releases.resultOf(run)).toMatchObject({ end: 'refused', problems: [expect.stringContaining('nowhere')] });
    expect(await releases.history()).toHaveLength(before);
    await releases.expectAtRest('good-1');
  });

  it.each<[Behaviour, RegExp]>([
    ['crashes', /exit code 1|Essential container in task exited/],
    ['unhealthy', /health/i],
    ['out-of-memory', /OutOfMemory|137/],
  ])('R10.4 rolls back a version that %s, and reports the reason', async (behaves, reason) => {
    await releases.push(`bad-${behaves}`, behaves);
    const run = await releases.release(`--image bad-${behaves} --yes --json`);
    expect(run.exitCode).toBe(ROLLED_BACK);
    expect(releases.resultOf(run)).toMatchObject({ end: 'rolled-back' });
    expect(run.stdout).toMatch(reason);
    expect((await releases.history())[0]).toMatchObject({ outcome: 'rolled-back', to: { tag: `bad-${behaves}` } });
    await releases.expectAtRest('good-1');
  });

  it('R10.4 rolls back a version that returns errors, by a gate alarm during the traffic shift', async () => {
    await releases.push('bad-errors', 'errors');
    await Load.during(`${await releases.url()}/jobs`, 40, async () => {
      const run = await releases.release('--image bad-errors --yes --json');
      expect(run.exitCode).toBe(ROLLED_BACK);
      expect(String(releases.resultOf(run).cause)).toMatch(/alarm/i);
    });
    expect((await releases.history())[0]).toMatchObject({ outcome: 'rolled-back' });
    await releases.expectAtRest('good-1');
  });

  it('R10.4 refuses a release while a gate alarm fires', async () => {
    const alarm = { AlarmName: platform().names.of('alarm', 'gate-failed-requests'), StateReason: 'a test' };
    const cloudWatch = platform().aws(CloudWatchClient);
    await cloudWatch.send(new SetAlarmStateCommand({ ...alarm, StateValue: 'ALARM' }));
    const run = await releases.release('--image bad-errors --yes --json');
    await cloudWatch.send(new SetAlarmStateCommand({ ...alarm, StateValue: 'OK' }));
    expect(run.exitCode).toBe(REFUSED);
    expect(releases.resultOf(run)).toMatchObject({ end: 'refused' });
    expect(releases.resultOf(run).problems?.join()).toContain(alarm.AlarmName);
    await releases.expectAtRest('good-1');
  });
}
