import { askHealth, localCloudOn, urlOf } from './health';
import { FakeMachine, STARTED_AT } from './testing/fake-machine';

const RECORD = { pid: 7, port: 45660, controlToken: 'token' };

describe('urlOf', () => {
  it('is an IP address, as a host name does not do for the S3 backend', () => {
    expect(urlOf(45660)).toBe('http://127.0.0.1:45660');
  });
});

describe('askHealth', () => {
  it('asks the health address with the token', async () => {
    const machine = new FakeMachine();
    await askHealth(RECORD, machine.effects.ask);
    const headers = { 'X-Nightshift-Token': 'token' };
    expect(machine.asked).toEqual([{ url: 'http://127.0.0.1:45660/nightshift/health', headers }]);
  });

  it('gives what a local cloud says', async () => {
    const machine = new FakeMachine();
    machine.serve(45660, 7, 'abc');
    expect(await askHealth(RECORD, machine.effects.ask)).toMatchObject({
      pid: 7,
      fingerprint: 'abc',
      startedAt: STARTED_AT,
    });
  });

  it.each([[null], ['text'], [{ pid: 7 }], [{ name: 'other' }], [{ name: 'nightshift-local-cloud', pid: 7 }]])(
    'gives nothing where the answer is %j',
    async (content) => {
      expect(await askHealth(RECORD, () => Promise.resolve({ status: 200, content }))).toBeUndefined();
    },
  );

  it('gives nothing where nobody or another server answers', async () => {
    const machine = new FakeMachine();
    expect(await askHealth(RECORD, machine.effects.ask)).toBeUndefined();
    machine.serve(45660, 8);
    expect(await askHealth(RECORD, machine.effects.ask)).toBeUndefined();
  });
});

describe('localCloudOn', () => {
  it('gives the process that listens, without a token', async () => {
    const machine = new FakeMachine();
    machine.serve(45660, 8);
    expect(await localCloudOn(45660, machine.effects.ask)).toBe(8);
    expect(machine.asked).toEqual([{ url: 'http://127.0.0.1:45660/nightshift/health', headers: undefined }]);
    expect(await localCloudOn(45661, machine.effects.ask)).toBeUndefined();
  });
});
