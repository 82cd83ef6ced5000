import { releaseLine } from '@nightshift/release';
import { recordFixture } from '@nightshift/release-view/testing';
import { ReleaseRun } from '../../testing/release-run';
import { openRecordFixture, runningFixture } from '../../testing/running-fixture';

let run: ReleaseRun;

beforeEach(() => {
  run = new ReleaseRun();
});

afterEach(() => {
  run.dispose();
});

describe('nightshift release status', () => {
  it('shows what can be seen, and ends with 13', async () => {
    run.engine.resumed = [runningFixture()];
    const { stdout, exitCode } = await run.run('release status -c dev');
    expect(exitCode).toBe(13);
    expect(stdout).toMatch(/^release of dev: 4f1c2e9 -> 9a01b7c {2,}d-8QZ4K1P2N {2}00:00:00 UTC\nshifting traffic/);
    expect(stdout).toMatch(/\nwatch it: npx nightshift release watch -c dev\n$/);
  });

  it('shows a release that another client started', async () => {
    run.engine.resumed = [{ ...runningFixture(), record: undefined }];
    const { stdout, exitCode } = await run.run('release status -c dev');
    expect(exitCode).toBe(13);
    expect(stdout).toMatch(/^release of dev: 4f1c2e9 -> 9a01b7c {2,}d-8QZ4K1P2N /);
  });

  it('warns of an image in use that is at risk', async () => {
    run.engine.warning = 'image 4f1c2e9, which runs now, expires with the next push - keep them: x';
    expect((await run.run('release status -c dev')).stdout).toBe(
      'no release of dev in progress\n! image 4f1c2e9, which runs now, expires with the next push - keep them: x\n',
    );
  });

  it('says that one is being started', async () => {
    run.engine.resumed = [{ kind: 'starting', record: openRecordFixture() }];
    expect(await run.run('release status -c dev')).toMatchObject({
      stdout:
        'release 4f1c2e9 -> 9a01b7c, started 2026-11-24T02:00:00.000Z by arn:aws:sts::123456789012:assumed-role/deploy/night is starting\n',
      exitCode: 13,
    });
  });

  it('says what the last one was where none is under way', async () => {
    expect(await run.run('release status -c dev')).toMatchObject({
      stdout: 'no release of dev in progress\n',
      exitCode: 0,
    });
    run.engine.resumed = [{ kind: 'finished', record: recordFixture(), end: { kind: 'succeeded' } }];
    run.effects.printed.stdout = '';
    expect((await run.run('release -c dev status')).stdout).toBe(
      'no release of dev in progress\nlast release: release 4f1c2e9 -> 9a01b7c, started 2026-11-24T02:00:00.000Z by arn:aws:sts::123456789012:assumed-role/deploy/night: succeeded\n',
    );
  });

  it('--json gives programs the snapshot and the record', async () => {
    run.engine.resumed = [runningFixture()];
    const { stdout } = await run.run('release status -c dev --json');
    const [snapshot, result] = stdout
      .split('\n')
      .slice(0, 2)
      .map((line) => releaseLine.parse(JSON.parse(line)));
    expect(snapshot).toMatchObject({ type: 'snapshot', deploymentId: 'd-8QZ4K1P2N', phase: 'shifting' });
    expect(result).toMatchObject({
      type: 'result',
      status: 'running',
      end: 'detached',
      exitCode: 13,
      record: { id: 'r1' },
    });
    run.engine.resumed = [{ kind: 'nothing' }];
    run.effects.printed.stdout = '';
    const nothing = await run.run('release status -c dev --json');
    expect(JSON.parse(nothing.stdout)).toMatchObject({ type: 'result', status: 'succeeded', exitCode: 0 });
  });
});
