import { forEachTest } from '@nightshift/stack-run/testing';
import { sdkError } from '@nightshift/testing/aws';
import { ReleaseRun } from '../../testing/release-run';

const run = forEachTest(() => new ReleaseRun());

describe('nightshift release history', () => {
  it('prints a table, newest first', async () => {
    run.engine.unreadable = ['s3://x: is not the record of a release'];
    const { stdout, stderr } = await run.run('release history -c dev');
    expect(stdout.split('\n')[0]).toMatch(/^id +started \(UTC\) +kind +from +to +outcome +duration +by$/);
    expect(stderr).toBe('s3://x: is not the record of a release\n');
    expect(run.engine.calls).toEqual(['history 20']);
  });

  it('reports that the environment is not deployed if there is no state bucket', async () => {
    run.engine.failure = { of: 'history 20', error: sdkError('NoSuchBucket') };
    expect((await run.run('release history -c local')).failure).toBe(
      'environment local: is not deployed - deploy it: npx nightshift start -c local',
    );
  });

  it('accepts an empty history', async () => {
    run.engine.records = [];
    expect((await run.run('release history -c dev --limit 5')).stdout).toBe('no releases of dev yet\n');
    expect(run.engine.calls).toEqual(['history 5']);
  });

  it('--json prints the complete records', async () => {
    const { stdout } = await run.run('release history -c dev --json');
    expect(JSON.parse(stdout)).toMatchObject({ type: 'result', verb: 'release history', releases: [{ id: 'r1' }] });
  });

  it.each(['0', 'x', '10000'])('refuses a limit of %s', async (limit) => {
    expect((await run.run(`release history -c dev --limit ${limit}`)).failure).toBe(
      `error: option '--limit <number>' argument '${limit}' is invalid. Expected a number from 1 to 9999.`,
    );
  });
});
