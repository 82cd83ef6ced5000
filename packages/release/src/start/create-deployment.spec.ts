import { fakeClient } from '@nightshift/testing/aws';
import type { ReleaseContext } from '../release-context';
import { FakePlatform } from '../testing/fake-platform';
import { alarmOverride } from './create-deployment';

const gates = ['alarm-gate-5xx-test', 'alarm-gate-latency-test'];

describe('the gates of a rollback (R10.4)', () => {
  const override = (kind: 'release' | 'rollback', firing: readonly string[], names = gates) => {
    const platform = new FakePlatform();
    platform.alarms = gates.map((AlarmName) => ({
      AlarmName,
      StateValue: firing.includes(AlarmName) ? 'ALARM' : 'OK',
    }));
    return alarmOverride(platform.context, { kind, settings: { gates: names } });
  };

  it('are those that do not fire: a firing gate is why the rollback is needed', async () => {
    expect(await override('rollback', ['alarm-gate-5xx-test'])).toEqual({
      enabled: true,
      ignorePollAlarmFailure: false,
      alarms: [{ name: 'alarm-gate-latency-test' }],
    });
    expect(await override('rollback', gates)).toEqual({ enabled: false });
  });

  it('are all if AWS knows none of them', async () => {
    const cloudwatch = fakeClient({ DescribeAlarms: () => ({}) }, () => undefined);
    const clients = { cloudwatch } as ReleaseContext['clients'];
    expect(await alarmOverride({ clients }, { kind: 'rollback', settings: { gates } })).toBeUndefined();
  });

  it('are all if none fires, as for every release', async () => {
    expect(await override('rollback', [])).toBeUndefined();
    expect(await override('rollback', gates, [])).toBeUndefined();
    expect(await override('release', gates)).toBeUndefined();
  });
});
