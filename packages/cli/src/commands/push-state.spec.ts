import { forEachTest } from '@nightshift/stack-run/testing';
import { VerbRun } from '../testing/run-verb';

describe('push-state', () => {
  const verb = forEachTest(() => new VerbRun());

  it('uploads the state that a run could not save, to the cloud of the environment', async () => {
    expect(await verb.run('push-state network -c local')).toEqual({
      stdout: 'network: state saved\n',
      stderr: '',
      exitCode: 0,
    });
    expect(verb.terraform.calls).toEqual([['pushState']]);
    expect(verb.effects.installed.env).toMatchObject({ AWS_ENDPOINT_URL: 'http://127.0.0.1:45660' });
  });

  it('reports that there is no state to save', async () => {
    verb.terraform.unsaved = false;
    expect(await verb.run('push-state network -c dev')).toMatchObject({ stdout: 'network: no state to save\n' });
  });

  it('prints a JSON result', async () => {
    const { stdout } = await verb.run('push-state network -c dev --json');
    expect(JSON.parse(stdout)).toMatchObject({ type: 'result', verb: 'push-state', saved: true, exitCode: 0 });
  });
});
