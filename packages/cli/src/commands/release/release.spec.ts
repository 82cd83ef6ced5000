import { forEachTest } from '@nightshift/stack-run/testing';
import { sdkError } from '@nightshift/testing/aws';
import { recordFixture } from '@nightshift/release-view/testing';
import { ReleaseRun, TREE } from '../../testing/release-run';

const run = forEachTest(() => new ReleaseRun());

describe('nightshift release', () => {
  it('reports the endpoint of its calls if it was not AWS, in the report too', async () => {
    run.effects.env = { AWS_ENDPOINT_URL: 'http://127.0.0.1:5000', NIGHTSHIFT_ALLOW_ENDPOINT_URL: '1' };
    const endpoint = 'http://127.0.0.1:5000 (AWS_ENDPOINT_URL)';
    const { stdout } = await run.run('release -c dev --image 9a01b7c');
    expect(stdout.split('\n').at(-2)).toBe(`  AWS endpoint: ${endpoint}`);
    expect(run.file('cdktf.out/dev/releases/d-8QZ4K1P2N.md')).toContain(`| AWS endpoint | ${endpoint} |\n`);
  });

  it('checks, shows the differences, starts, watches and reports (R10.5)', async () => {
    const { stdout, exitCode } = await run.run('release -c dev --image 9a01b7c');
    expect(run.engine.calls).toEqual(['resume', 'preflight', 'start', 'watch d-8QZ4K1P2N', 'history 1']);
    expect(run.engine.request).toEqual({ kind: 'release', image: '9a01b7c', duringWindow: undefined });
    expect(exitCode).toBe(0);
    expect(stdout.startsWith(TREE)).toBe(true);
    expect(stdout.split('\n').slice(4, 8)).toEqual([
      '00:00:00 writing the release record',
      '00:00:00 suspending scale-in',
      '00:00:00 registering a new task definition revision',
      '00:00:00 creating the deployment',
    ]);
    expect(stdout.split('\n').slice(-3)).toEqual([
      'release of dev succeeded: 9a01b7c has all traffic (38 min 40 s)',
      '  report: cdktf.out/dev/releases/d-8QZ4K1P2N.md',
      '',
    ]);
    expect(run.file('cdktf.out/dev/releases/d-8QZ4K1P2N.md')).toMatch(
      /^### release of dev succeeded: 9a01b7c has all traffic \(38 min 40 s\)\n/,
    );
  });

  it.each([
    [{ kind: 'succeeded' }, 0],
    [{ kind: 'rolled-back', cause: 'an alarm' }, 10],
    [{ kind: 'rollback-failed', cause: 'an alarm' }, 11],
    [{ kind: 'stopped' }, 12],
    [{ kind: 'detached' }, 13],
  ] as const)('exits on %j with %i', async (end, code) => {
    run.engine.end = end;
    expect(await run.run('release -c dev')).toMatchObject({ exitCode: code });
  });

  it('--detach starts the release and does not watch it', async () => {
    const { stdout, exitCode } = await run.run('release -c dev --detach');
    expect(exitCode).toBe(13);
    expect(run.engine.calls).toEqual(['resume', 'preflight', 'start', 'history 1']);
    expect(stdout.split('\n').slice(-5)).toEqual([
      'release of dev continues without being watched',
      '  watch: npx nightshift release watch -c dev',
      '  stop:  npx nightshift release stop -c dev',
      '  scale-in stays suspended until the next deploy, plan, doctor or release command after the end of the release',
      '',
    ]);
    expect(run.effects.listening).toBe(0);
  });

  it('--detach watches until traffic moves if the new version is tested before', async () => {
    run.engine.testWaitMinutes = 60;
    run.engine.end = { kind: 'detached' };
    const text = '2 of 2 test requests answered as expected';
    run.engine.whileWatching = ({ untilTrafficMoves, onVerification }) => {
      expect(untilTrafficMoves).toBe(true);
      for (const outcome of ['passed', 'failed', 'not-verified'] as const)
        onVerification?.({ outcome, text, time: '2026-11-24T02:03:00.000Z' });
      return Promise.resolve();
    };
    run.engine.snapshots = [];
    const { stdout, exitCode } = await run.run('release -c dev --detach');
    expect(exitCode).toBe(13);
    expect(run.engine.calls).toEqual(['resume', 'preflight', 'start', 'watch d-8QZ4K1P2N', 'history 1']);
    for (const note of [
      'watching until traffic moves: the new version is tested before',
      `tested the new version, traffic may move: ${text}`,
      `the new version failed its test, stopping the release before any traffic moves: ${text}`,
      `not verified, traffic moves without a test: ${text}`,
      'release of dev continues without being watched',
    ]) {
      expect(stdout).toContain(note);
    }
  });

  it('reports the traffic of the new version, as text and JSON', async () => {
    const traffic = { requests: 412, failed: 3, balancerErrors: 0 };
    run.engine.records = [recordFixture({ traffic })];
    expect((await run.run('release -c dev --yes')).stdout).toContain(
      '  412 requests to the new version, 3 failed (0.7 %)\n',
    );
    const { stdout } = await run.run('release -c dev --yes --json');
    expect(JSON.parse(String(stdout.trim().split('\n').at(-1)))).toMatchObject({ end: 'succeeded', traffic });
  });

  it('passes the override of a processing window on', async () => {
    await run.run('release -c dev --during-window urgent --yes');
    expect(run.engine.request).toEqual({ kind: 'release', image: undefined, duringWindow: 'urgent' });
  });

  it('reports an earlier release that ended unwatched', async () => {
    const record = recordFixture({ outcome: 'rolled-back' });
    run.engine.resumed = [{ kind: 'finished', record, end: { kind: 'rolled-back', cause: 'x' } }];
    const text =
      'the release of 2026-11-24T02:00:00.000Z ended while nobody watched it: rolled-back. Its record is now closed and auto-scaling is restored.';
    expect((await run.run('release -c dev --check')).stdout.split('\n')[0]).toBe(text);
    run.effects.printed.stdout = '';
    const { stdout } = await run.run('release -c dev --check --json');
    expect(JSON.parse(String(stdout.split('\n')[0]))).toEqual({ type: 'note', time: '2025-01-01T00:00:00.000Z', text });
  });

  it('ends with one JSON object with outcome, deployment and report', async () => {
    run.engine.end = { kind: 'rolled-back', cause: 'alarm-a went into ALARM' };
    const { stdout, exitCode } = await run.run('release -c dev --json');
    const lines = stdout.split('\n').filter(Boolean);
    expect(JSON.parse(String(lines.at(-1)))).toEqual({
      type: 'result',
      verb: 'release',
      environment: 'dev',
      suffix: 'dev',
      status: 'failed',
      problems: ['alarm-a went into ALARM'],
      end: 'rolled-back',
      cause: 'alarm-a went into ALARM',
      deploymentId: 'd-8QZ4K1P2N',
      report: 'cdktf.out/dev/releases/d-8QZ4K1P2N.md',
      exitCode: 10,
    });
    expect(exitCode).toBe(10);
  });

  it('explains errors of AWS', async () => {
    run.engine.failure = {
      of: 'start',
      error: sdkError('AccessDeniedException', 'not authorized to perform: codedeploy:CreateDeployment on x', 403),
    };
    expect((await run.run('release -c dev')).failure).toBe(
      'environment dev: AWS does not allow it, got AccessDeniedException: not authorized to perform: codedeploy:CreateDeployment on x - allow codedeploy:CreateDeployment for the role that you use, then run the same command again',
    );
    expect(run.effects.listening).toBe(0);
  });

  it('reports the end without a record', async () => {
    run.engine.records = [];
    expect(await run.run('release -c dev')).toMatchObject({ exitCode: 0 });
    expect(run.file('cdktf.out/dev/releases/d-8QZ4K1P2N.md')).not.toContain('| by |');
  });

  it('refuses an unknown action', async () => {
    expect((await run.run('release stauts -c dev')).failure).toBe(
      'nightshift release: unknown action, got stauts - did you mean status? To release an image, use --image <tag or digest>',
    );
  });
});
