import { VerbRun } from '../testing/run-verb';

describe('push-state', () => {
  let verb: VerbRun;
  beforeEach(() => {
    verb = new VerbRun();
  });
  afterEach(() => {
    verb.dispose();
  });

  it('saves the state that a run could not save, in the environment of its cloud', async () => {
    expect(await verb.run('push-state network -c local')).toEqual({
      stdout: 'network: state saved\n',
      stderr: '',
      exitCode: 0,
    });
    expect(verb.terraform.calls).toEqual([['pushState']]);
    expect(verb.effects.installed.env).toMatchObject({ AWS_ENDPOINT_URL: 'http://127.0.0.1:45660' });
  });

  it('says when there is none', async () => {
    verb.terraform.unsaved = false;
    expect(await verb.run('push-state network -c dev')).toMatchObject({ stdout: 'network: no state to save\n' });
  });

  it('gives programs a result', async () => {
    const { stdout } = await verb.run('push-state network -c dev --json');
    expect(JSON.parse(stdout)).toMatchObject({ type: 'result', verb: 'push-state', saved: true, exitCode: 0 });
  });
});
