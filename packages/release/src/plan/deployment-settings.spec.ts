import { FakePlatform } from '../testing/fake-platform';
import { releaseTiming, type TrafficRouting, usualMinutes } from './deployment-settings';

const { target } = new FakePlatform().context;

const timing = (routing: TrafficRouting, testWaitMinutes = 0) =>
  releaseTiming(target, { routing, terminationWaitMinutes: 10, testWaitMinutes });

describe('releaseTiming', () => {
  it('follows from the settings of the deployment (R10.2, R10.3)', () => {
    expect(timing({ type: 'linear', percentage: 10, intervalMinutes: 1 })).toEqual({
      install: 150,
      shift: 540,
      termination: 600,
      limit: 3600 + 540 + 600 + 300,
    });
  });

  it.each([
    [{ type: 'linear', percentage: 30, intervalMinutes: 2 }, 3 * 2 * 60],
    [{ type: 'canary', percentage: 10, intervalMinutes: 5 }, 5 * 60],
    [{ type: 'all-at-once' }, 0],
  ] as const)('computes the duration of the shift of %j', (routing, seconds) => {
    expect(timing(routing).shift).toBe(seconds);
  });

  it('includes the time of the test wait', () => {
    expect(timing({ type: 'all-at-once' }, 60).limit).toBe(3600 + 3600 + 600 + 300);
  });

  it('returns the duration of a release', () => {
    expect(usualMinutes(timing({ type: 'linear', percentage: 10, intervalMinutes: 1 }))).toBe(22);
  });
});
