import { confirmRun } from './requested-run';
import { endRun, prepared } from './testing/nx-run';

describe('the confirmation', () => {
  afterEach(endRun);

  it('is asked once for the whole run', async () => {
    const confirm = jest.fn(() => undefined);
    const host = await prepared({ line: 'run-many -t destroy -p compute -c dev', confirm });
    expect(confirm).toHaveBeenCalledWith(
      'destroy',
      expect.objectContaining({ configuration: 'dev', projects: ['compute'] }),
      expect.any(String),
      true,
    );
    expect(host.env).toMatchObject({ NIGHTSHIFT_CONFIRMED: '42', NIGHTSHIFT_RUN_ID: '42' });
  });

  it('is refused without a terminal and without --yes', async () => {
    const refused = prepared({ line: 'run-many -t destroy -c dev', isTTY: false, confirm: confirmRun });
    await expect(refused).rejects.toMatchObject({
      name: 'UserError',
      message: 'nx destroy: confirmation required, but there is no terminal - add --yes',
      stack: '',
    });
  });

  it('is asked about replacements before a deploy too, but not below npm start', async () => {
    const confirm = jest.fn(() => undefined);
    const line = 'run-many -t deploy -c dev';
    expect((await prepared({ line, confirm })).env).toMatchObject({ NIGHTSHIFT_CONFIRMED: '42' });
    expect(confirm).toHaveBeenCalledWith('deploy', expect.anything(), expect.any(String), true);
    await prepared({ line, confirm, env: { NIGHTSHIFT_START: '1' } });
    expect(confirm).toHaveBeenCalledTimes(1);
  });

  it('ends the run with 130 after Ctrl-C', async () => {
    const host = await prepared({ line: 'run-many -t deploy -c dev', confirm: () => 'interrupted' });
    expect(host.exit.mock.calls).toEqual([[130]]);
    expect(host.env).not.toHaveProperty('NIGHTSHIFT_CONFIRMED');
  });

  it('is skipped with --yes, which is passed to each stack', async () => {
    const host = await prepared({ line: 'run-many -t destroy -c dev --yes', isTTY: false });
    expect(host.env).not.toHaveProperty('NIGHTSHIFT_CONFIRMED');
  });
});
