import { askHealth, urlOf } from './health';
import { FakeMachine, STARTED_AT } from './testing/fake-machine';

describe('urlOf', () => {
  it('is an IP address, as a host name does not do for the S3 backend', () => {
    expect(urlOf(45660)).toBe('http://127.0.0.1:45660');
  });
});

describe('askHealth', () => {
  it('asks the health address', async () => {
    const asked: string[] = [];
    await askHealth(45660, (url) => Promise.resolve(void asked.push(url)));
    expect(asked).toEqual(['http://127.0.0.1:45660/nightshift/health']);
  });

  it('gives what a local cloud says', async () => {
    const machine = new FakeMachine();
    machine.serve(45660, 7, 'abc');
    expect(await askHealth(45660, machine.effects.fetchJson)).toMatchObject({
      pid: 7,
      fingerprint: 'abc',
      startedAt: STARTED_AT,
    });
  });

  it.each([[undefined], [null], ['text'], [{ pid: 7 }], [{ name: 'other' }]])(
    'gives nothing where the answer is %j',
    async (answer) => {
      expect(await askHealth(45660, () => Promise.resolve(answer))).toBeUndefined();
    },
  );
});
