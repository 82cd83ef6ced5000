import { askHealth, localCloudOn, runningCloud, runningStatus, stoppedStatus, urlOf } from './server-health';
import { FakeMachine, STARTED_AT } from './testing/fake-machine';

const RECORD = { pid: 7, port: 45660, controlToken: 'token' };

describe('urlOf', () => {
  it('has an IP address, since the S3 backend does not accept a host name', () => {
    expect(urlOf(45660)).toBe('http://127.0.0.1:45660');
  });
});

describe('askHealth', () => {
  it('requests the health address with the token', async () => {
    const fake = new FakeMachine();
    await askHealth(RECORD, fake.machine.ask);
    const headers = { 'X-Nightshift-Token': 'token' };
    expect(fake.asked).toEqual([{ url: 'http://127.0.0.1:45660/nightshift/health', headers }]);
  });

  it('returns the health of a local cloud', async () => {
    const fake = new FakeMachine();
    fake.serve(45660, 7, 'abc');
    expect(await askHealth(RECORD, fake.machine.ask)).toMatchObject({
      pid: 7,
      fingerprint: 'abc',
      startedAt: STARTED_AT,
    });
  });

  it.each([[null], ['text'], [{ pid: 7 }], [{ name: 'other' }], [{ name: 'nightshift-local-cloud', pid: 7 }]])(
    'returns undefined for the response %j',
    async (content) => {
      expect(await askHealth(RECORD, () => Promise.resolve({ status: 200, content }))).toBeUndefined();
    },
  );

  it('returns undefined without a response or for another server', async () => {
    const fake = new FakeMachine();
    expect(await askHealth(RECORD, fake.machine.ask)).toBeUndefined();
    fake.serve(45660, 8);
    expect(await askHealth(RECORD, fake.machine.ask)).toBeUndefined();
  });
});

describe('localCloudOn', () => {
  it('returns the process that listens, without a token', async () => {
    const fake = new FakeMachine();
    fake.serve(45660, 8);
    expect(await localCloudOn(45660, fake.machine.ask)).toBe(8);
    expect(fake.asked).toEqual([{ url: 'http://127.0.0.1:45660/nightshift/health', headers: undefined }]);
    expect(await localCloudOn(45661, fake.machine.ask)).toBeUndefined();
  });
});

describe('the status of a local cloud', () => {
  it('has a schema', () => {
    const health = {
      pid: 8,
      fingerprint: 'f1',
      startedAt: '2025-01-01T00:00:00.000Z',
      timeScale: 60,
      environments: [],
    };
    const running = runningCloud(45660, health, 'f2');
    expect(runningStatus.parse(running)).toEqual({ ...running, outdated: true });
    expect(stoppedStatus.parse({ running: false })).toEqual({ running: false });
  });
});
