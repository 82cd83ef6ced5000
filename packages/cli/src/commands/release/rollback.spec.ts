import { forEachTest } from '@nightshift/stack-run/testing';
import { ReleaseRun } from '../../testing/release-run';

const run = forEachTest(() => new ReleaseRun());

describe('nightshift rollback', () => {
  it('releases the last good version again, with all checks', async () => {
    const { stdout, exitCode } = await run.run('rollback -c dev');
    expect(run.engine.request).toEqual({ kind: 'rollback', image: undefined, to: undefined, duringWindow: undefined });
    expect(stdout).toContain('\nrollback of dev: 4f1c2e9 -> 9a01b7c\n');
    expect(exitCode).toBe(0);
  });

  it('--to returns to another release', async () => {
    const { stdout } = await run.run('rollback -c dev --to 7c9e6679 --check');
    expect(run.engine.request).toMatchObject({ kind: 'rollback', to: '7c9e6679' });
    expect(stdout).toMatch(
      /\nAll checks passed\. To start the release: npx nightshift rollback -c dev --to 7c9e6679\n$/,
    );
  });
});
