import { forEachTest } from '@nightshift/stack-run/testing';
import { recordFixture, statusFixture } from '@nightshift/release-view/testing';
import { ReleaseRun } from '../../testing/release-run';
import { openRecordFixture, runningFixture } from '../../testing/running-fixture';

const run = forEachTest(() => new ReleaseRun());

describe('nightshift release status', () => {
  it('shows the release in progress, and exits with 13', async () => {
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

  it('warns about an image in use that is at risk', async () => {
    run.engine.warning = 'image 4f1c2e9, which runs now, expires with the next push - keep them: x';
    run.engine.resumed = [runningFixture()];
    expect((await run.run('release status -c dev')).stdout).toContain(
      '\n! image 4f1c2e9, which runs now, expires with the next push - keep them: x\n',
    );
    run.effects.printed.stdout = '';
    const [, result] = (await run.run('release status -c dev --json')).stdout.split('\n');
    expect(JSON.parse(String(result))).toMatchObject({ imageWarning: run.engine.warning });
  });

  it('reports a release that is starting', async () => {
    run.engine.resumed = [{ kind: 'starting', record: openRecordFixture() }];
    expect(await run.run('release status -c dev')).toMatchObject({
      stdout:
        'release 4f1c2e9 -> 9a01b7c, started 2026-11-24 02:00:00 UTC by arn:aws:sts::123456789012:assumed-role/deploy/night is starting\n',
      exitCode: 13,
    });
  });

  it('describes the service if no release is in progress', async () => {
    expect(await run.run('release status -c dev')).toMatchObject({
      stdout: `no release of dev in progress
service of dev: 4f1c2e9
version   ecs-task-prod:12, registered by a release
images    needed: 4f1c2e9 (in the repository)
traffic   tg-blue-prod 100 % (3 healthy)
scaling   3 tasks desired, from 3 to 10
gates     [OK] 1 gate
release   none yet
               version task definition  traffic running pending failed healthy unhealthy draining Spot
primary (blue) 4f1c2e9 ecs-task-prod:12   100 %     3/3       0      0       3         0        0  2/3
`,
      exitCode: 0,
    });
    Object.assign(run.effects, { watched: true });
    run.effects.printed.stdout = '';
    expect((await run.run('release status -c dev')).stdout).toContain(`
               version traffic running pending failed healthy unhealthy Spot
primary (blue) 4f1c2e9   100 %     3/3       0      0       3         0  2/3
`);
  });

  it('exits with 11 while the service is on two versions, as after a failed rollback', async () => {
    const lastRelease = recordFixture({ outcome: 'rollback-failed' });
    run.engine.resumed = [{ kind: 'nothing', record: lastRelease }];
    run.engine.status = statusFixture({
      lastRelease,
      problems: [
        {
          severity: 'act',
          what: '40 % of the traffic goes to tg-green-prod',
          todo: `return all traffic ${'x'.repeat(99)}`,
        },
        { severity: 'warning', what: 'image 4f1c2e9 is not in the repository', todo: 'push it again' },
      ],
    });
    const { stdout, exitCode } = await run.run('release status -c dev');
    expect(exitCode).toBe(11);
    expect(stdout).toContain(
      `\n[ACT] 40 % of the traffic goes to tg-green-prod\n  -> return all traffic ${'x'.repeat(99)}\n`,
    );
    run.effects.printed.stdout = '';
    const lines = (await run.run('release status -c dev --json')).stdout.trim().split('\n');
    const [status, result] = lines.map((line): unknown => JSON.parse(line));
    expect(status).toMatchObject({ type: 'status', problems: [{ severity: 'act' }, { severity: 'warning' }] });
    expect(result).toMatchObject({ type: 'result', status: 'failed', exitCode: 11 });
  });

  it('--json prints the snapshot and the record', async () => {
    run.engine.resumed = [runningFixture()];
    const { stdout } = await run.run('release status -c dev --json');
    const [snapshot, result] = stdout
      .split('\n')
      .slice(0, 2)
      .map((line): unknown => JSON.parse(line));
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
    expect(JSON.parse(String(nothing.stdout.split('\n')[1]))).toMatchObject({
      type: 'result',
      status: 'succeeded',
      exitCode: 0,
    });
  });
});
