import { VerbRun } from '../testing/run-verb';

describe('unlock', () => {
  let verb: VerbRun;
  beforeEach(() => {
    verb = new VerbRun();
  });
  afterEach(() => {
    verb.dispose();
  });

  it('removes the lock that is named', async () => {
    expect(await verb.run('unlock network 8c2a -c dev')).toEqual({
      stdout: 'network: lock 8c2a removed\n',
      stderr: '',
      exitCode: 0,
    });
    expect(verb.terraform.calls).toEqual([['forceUnlock', '8c2a']]);
  });

  it('needs its name, so that no other one is removed by mistake', async () => {
    expect(await verb.run('unlock network -c dev')).toEqual({
      stdout: '',
      stderr:
        'error nightshift unlock: no lock specified - pass the lock ID from the error message of the blocked run\n',
      exitCode: 1,
    });
  });

  it('gives programs a result', async () => {
    const { stdout } = await verb.run('unlock network 8c2a -c dev --json');
    expect(JSON.parse(stdout)).toMatchObject({ type: 'result', verb: 'unlock', exitCode: 0 });
  });
});
