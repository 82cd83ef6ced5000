import { environmentFixture, testEnvironment } from './test-environment';

describe('testEnvironment', () => {
  it('is an environment file with only the required tags', () => {
    expect(testEnvironment()).toMatchObject({
      suffix: 'test',
      service: { desiredCount: 3 },
      logs: { retentionDays: 30 },
    });
  });

  it('accepts changes', () => {
    expect(testEnvironment({ logs: { retentionDays: 7 } }).logs.retentionDays).toBe(7);
  });

  it('refuses an invalid environment file', () => {
    expect(() => testEnvironment({ logs: { retentionDays: 8 } })).toThrow('is not a retention');
  });
});

describe('environmentFixture', () => {
  it('accepts any name, suffix and file', () => {
    expect(environmentFixture()).toMatchObject({ name: 'dev', suffix: 'dev', tags: { Environment: 'dev' } });
    expect(environmentFixture({ name: 'preview', suffix: 'pr-1', file: { region: 'eu-west-1' } })).toMatchObject({
      name: 'preview',
      suffix: 'pr-1',
      region: 'eu-west-1',
    });
  });
});
