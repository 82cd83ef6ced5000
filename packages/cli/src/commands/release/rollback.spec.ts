import { ReleaseRun } from '../../testing/release-run';

let run: ReleaseRun;

beforeEach(() => {
  run = new ReleaseRun();
});

afterEach(() => {
  run.dispose();
});

describe('nightshift rollback', () => {
  it('releases the last good version again, with all checks', async () => {
    const { stdout, exitCode } = await run.run('rollback -c dev');
    expect(run.engine.request).toEqual({ kind: 'rollback', image: undefined, duringWindow: undefined });
    expect(stdout).toContain('\nrollback of dev: 4f1c2e9 -> 9a01b7c\n');
    expect(exitCode).toBe(0);
  });
});
