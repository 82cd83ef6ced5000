import { testEnvironment } from './test-environment';

describe('testEnvironment', () => {
  it('is what an environment file with nothing but tags means', () => {
    expect(testEnvironment()).toMatchObject({
      suffix: 'test',
      service: { desiredCount: 3 },
      logs: { retentionDays: 30 },
    });
  });

  it('takes what a test changes', () => {
    expect(testEnvironment({ logs: { retentionDays: 7 } }).logs.retentionDays).toBe(7);
  });

  it('refuses what an environment file must not say', () => {
    expect(() => testEnvironment({ logs: { retentionDays: 8 } })).toThrow('is not a retention');
  });
});
