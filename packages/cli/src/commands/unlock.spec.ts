import { forEachTest } from '@nightshift/stack-run/testing';
import { VerbRun } from '../testing/run-verb';

describe('unlock', () => {
  const verb = forEachTest(() => new VerbRun());

  it('removes the given lock', async () => {
    expect(await verb.run('unlock network 8c2a -c dev')).toEqual({
      stdout: 'network: lock 8c2a removed\n',
      stderr: '',
      exitCode: 0,
    });
    expect(verb.terraform.calls).toEqual([['forceUnlock', '8c2a']]);
  });

  it('requires the lock ID, so that it cannot remove another lock by mistake', async () => {
    expect(await verb.run('unlock network -c dev')).toEqual({
      stdout: '',
      stderr:
        'error nightshift unlock: no lock specified - pass the lock ID from the error message of the blocked run\n',
      exitCode: 1,
    });
  });

  it('prints a JSON result', async () => {
    const { stdout } = await verb.run('unlock network 8c2a -c dev --json');
    expect(JSON.parse(stdout)).toMatchObject({ type: 'result', verb: 'unlock', exitCode: 0 });
  });
});
