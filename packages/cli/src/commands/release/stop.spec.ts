import { forEachTest } from '@nightshift/stack-run/testing';
import type { S3Client } from '@aws-sdk/client-s3';
import type { ReleaseContext } from '@nightshift/release';
import { environmentFixture } from '@nightshift/testing/environment';
import { FakeAws, FakeBucket } from '@nightshift/state-bucket/testing';
import { at } from '@nightshift/release-view/testing';
import { FakeEffects } from '../../testing/fake-effects';
import { guardPromote } from './stop';
import { recordFixture } from '@nightshift/release-view/testing';
import { ReleaseRun } from '../../testing/release-run';
import { openRecordFixture, runningFixture } from '../../testing/running-fixture';

const run = forEachTest(() => new ReleaseRun());

describe.each([
  ['stop', 'd-8QZ4K1P2N is stopping: all traffic returns to the previous version'],
  ['promote', 'd-8QZ4K1P2N ends its termination wait: the tasks of the previous version stop now'],
])('nightshift release %s', (action, text) => {
  it('acts on the release in progress, and watches it', async () => {
    run.engine.resumed = [runningFixture()];
    run.engine.end = { kind: 'stopped' };
    const { stdout, exitCode } = await run.run(`release ${action} -c dev`);
    expect(stdout.split('\n')[0]).toBe(text);
    expect(exitCode).toBe(12);
    expect(run.engine.calls).toEqual(['resume', `${action} d-8QZ4K1P2N`, 'watch d-8QZ4K1P2N', 'history 1']);
  });

  it('--detach does not wait', async () => {
    run.engine.resumed = [runningFixture()];
    const { stdout, exitCode } = await run.run(`release ${action} -c dev --detach --json`);
    const [note, result] = stdout.trim().split('\n');
    expect(JSON.parse(String(note))).toEqual({ type: 'note', time: '2025-01-01T00:00:00.000Z', text });
    expect(JSON.parse(String(result))).toEqual({
      type: 'result',
      verb: `release ${action}`,
      environment: 'dev',
      suffix: 'dev',
      status: 'running',
      problems: [],
      end: 'detached',
      deploymentId: 'd-8QZ4K1P2N',
      exitCode: 0,
    });
    expect(exitCode).toBeUndefined();
    expect(run.engine.calls).toEqual(['resume', `${action} d-8QZ4K1P2N`]);
    run.effects.printed.stdout = '';
    run.engine.resumed = [runningFixture()];
    expect((await run.run(`release ${action} -c dev --detach`)).stdout).toBe(`${text}\n`);
  });

  it('fails if no release is in progress', async () => {
    expect((await run.run(`release ${action} -c dev`)).failure).toBe(
      `nightshift release ${action}: no release of dev in progress - see the state of the service: npx nightshift release status -c dev`,
    );
    run.engine.resumed = [
      { kind: 'starting', record: openRecordFixture() },
      { kind: 'nothing', record: recordFixture() },
    ];
    expect((await run.run(`release ${action} -c dev`)).failure).toBe(
      `nightshift release ${action}: no release of dev in progress; the last one was release 4f1c2e9 -> 9a01b7c, started 2026-11-24 02:00:00 UTC by arn:aws:sts::123456789012:assumed-role/deploy/night: succeeded - see the state of the service: npx nightshift release status -c dev`,
    );
    run.engine.other = { deploymentId: 'd-2', status: 'Succeeded', creator: 'user' };
    expect((await run.run(`release ${action} -c dev`)).failure).toContain(
      'no release of dev in progress; the last one was d-2 by another client (user): Succeeded - see',
    );
  });
});

describe('nightshift release promote', () => {
  it('continues a deployment that waits for a test', async () => {
    run.engine.resumed = [runningFixture()];
    run.engine.endedWait = 'READY_WAIT';
    expect((await run.run('release promote -c dev --detach')).stdout).toBe(
      'd-8QZ4K1P2N waits no longer for a test: traffic moves now\n',
    );
  });
});

describe('promote near a window (R14.2)', () => {
  const environment = (from: string) =>
    environmentFixture({
      file: {
        processingWindows: [{ name: 'overnight', days: ['tuesday'], from, to: '06:00', timeZone: 'Europe/London' }],
      },
    });

  const guard = async (from: string, reason?: string) => {
    const aws = new FakeAws();
    aws.s3.buckets.set('s3-tfstate-nightshift-dev', new FakeBucket('us-east-1'));
    const { s3, sts } = aws.clients;
    const effects = Object.assign(new FakeEffects(), { now: () => at(28) });
    const context = { clients: { s3: s3 as S3Client, sts } } as unknown as ReleaseContext;
    await guardPromote({ verb: 'release promote', environment: environment(from), context, effects }, reason);
    return aws.calls;
  };

  it('is allowed if no window is near', async () => {
    expect(await guard('02:40')).toEqual([]);
  });

  it('is refused near a window', async () => {
    await expect(guard('02:30')).rejects.toThrow(
      'nightshift release promote: processing window overnight opens in 2 min (Tue 02:30 Europe/London), and a fast rollback is not possible without the tasks of the previous version - run it after the window, or override the window with --during-window "<reason>"',
    );
  });

  it('is allowed with a reason, which is recorded', async () => {
    expect(await guard('02:30', 'memory is short')).toEqual(['GetCallerIdentity', 'PutObject']);
  });
});
