import { InterruptedError } from '@nightshift/errors';
import { sdkError } from '@nightshift/testing/aws';
import { recordFixture } from '@nightshift/release-view/testing';
import { ReleaseRun } from '../../testing/release-run';

let run: ReleaseRun;

beforeEach(() => {
  run = new ReleaseRun();
});

afterEach(() => {
  run.dispose();
});

const TREE = `Version
  [OK] image: 9a01b7c is there
release of dev: 4f1c2e9 -> 9a01b7c
  ~ image: 4f1c2e9 (sha256:4f4f4f4f4f4f) → 9a01b7c (sha256:9a9a9a9a9a9a)
`;

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

  it('changes nothing if a check fails, and reports all failed checks', async () => {
    run.engine.checks = [
      { mark: 'OK', title: 'image', detail: 'is there' },
      { mark: 'FAIL', title: 'gate alarm-a', detail: 'is in ALARM', remedy: 'wait until it is OK' },
      { mark: 'FAIL', title: 'secret', detail: 'is missing', remedy: 'put it there' },
    ];
    const { stdout, exitCode } = await run.run('release -c dev');
    expect(exitCode).toBe(1);
    expect(run.engine.calls).toEqual(['resume', 'preflight']);
    expect(stdout).toContain('  [FAIL] gate alarm-a: is in ALARM\n       -> wait until it is OK\n');
    expect(stdout.endsWith('2 of 3 checks failed. Nothing was changed.\n')).toBe(true);
  });

  it('reports that it did not start if its checks are interrupted', async () => {
    const { preflight } = run.engine;
    Object.assign(run.engine, {
      preflight: (...given: Parameters<typeof preflight>) => {
        run.effects.signal();
        return preflight(...given);
      },
    });
    expect(await run.run('release -c dev')).toMatchObject({
      stdout: '',
      stderr: 'release of dev was interrupted during its checks: it did not start\n',
      exitCode: 130,
    });
    expect(run.engine.calls).toEqual(['resume', 'preflight']);
    expect(run.effects.listening).toBe(0);
    const { stdout } = await run.run('release -c dev --json');
    expect(JSON.parse(stdout)).toMatchObject({
      type: 'result',
      status: 'failed',
      problems: ['the checks were interrupted, and nothing was changed'],
      exitCode: 130,
    });
  });

  it('with --json reports why it was refused', async () => {
    run.engine.checks = [
      { mark: 'FAIL', title: 'gate alarm-a', detail: 'is in ALARM', remedy: 'wait until it is OK' },
      { mark: 'FAIL', title: 'secret', detail: 'is missing', remedy: 'put it there' },
    ];
    const { stdout } = await run.run('release -c dev --json');
    const lines = stdout.split('\n').filter(Boolean);
    expect(lines.map((line) => (JSON.parse(line) as { type: string }).type)).toEqual(['check', 'check', 'result']);
    expect(JSON.parse(String(lines.at(-1)))).toEqual({
      type: 'result',
      verb: 'release',
      environment: 'dev',
      suffix: 'dev',
      status: 'failed',
      end: 'refused',
      problems: ['gate alarm-a: is in ALARM - wait until it is OK', 'secret: is missing - put it there'],
      exitCode: 1,
    });
  });

  it('counts a single failed check', async () => {
    run.engine.checks = [{ mark: 'FAIL', title: 'secret', detail: 'is missing', remedy: 'put it there' }];
    expect((await run.run('release -c dev')).stdout).toMatch(/\n1 of 1 checks failed\. Nothing was changed\.\n$/);
  });

  it('--check stops before it changes anything', async () => {
    expect((await run.run('release -c dev --image 9a01b7c --check')).stdout).toMatch(
      /: npx nightshift release -c dev --image 9a01b7c\n$/,
    );
    run.engine.calls.length = 0;
    run.effects.printed.stdout = '';
    expect(await run.run('release -c dev --check')).toEqual({
      stdout: `${TREE}All checks passed. To start the release: npx nightshift release -c dev\n`,
      stderr: '',
      exitCode: undefined,
    });
    expect(run.engine.calls).toEqual(['resume', 'preflight']);
  });

  it('--check --json prints the result', async () => {
    const { stdout } = await run.run('release -c dev --check --json');
    const [check, plan, result] = stdout.split('\n').map((line) => (line ? (JSON.parse(line) as object) : undefined));
    expect(check).toEqual({ type: 'check', group: 'Version', mark: 'OK', title: 'image', detail: '9a01b7c is there' });
    expect(plan).toMatchObject({ type: 'plan', kind: 'release', changes: [{ kind: 'image', what: 'image' }] });
    expect(result).toEqual({
      type: 'result',
      verb: 'release',
      environment: 'dev',
      suffix: 'dev',
      status: 'succeeded',
      problems: [],
      checked: true,
      exitCode: 0,
    });
  });

  it('asks at a terminal, and does nothing without the name of the environment', async () => {
    Object.assign(run.effects, { watched: true, interactive: true, answer: 'no' });
    const { failure } = await run.run('release -c dev');
    expect(failure).toBe('nightshift release: not confirmed; nothing was changed, got no - type dev, or add --yes');
    expect(run.effects.questions).toEqual(['This releases dev to 9a01b7c. Type dev to continue: ']);
    expect(run.engine.calls).not.toContain('start');
  });

  it('does nothing after Ctrl-C at the question', async () => {
    const answer = new InterruptedError('interrupted; nothing was changed');
    Object.assign(run.effects, { watched: true, interactive: true, answer });
    const { failure } = await run.run('release -c dev');
    expect(failure).toBe('interrupted; nothing was changed');
    expect(run.engine.calls).not.toContain('start');
  });

  it('describes a rollback in the question', async () => {
    Object.assign(run.effects, { watched: true, interactive: true, answer: 'no' });
    const { failure } = await run.run('rollback -c dev');
    expect(failure).toBe('nightshift rollback: not confirmed; nothing was changed, got no - type dev, or add --yes');
    expect(run.effects.questions).toEqual(['This rolls back dev to 9a01b7c. Type dev to continue: ']);
  });

  it.each([
    ['dev', 'release -c dev', 1],
    ['', 'release -c dev --yes', 0],
  ])('continues when the answer is %j to %s', async (answer, line, questions) => {
    Object.assign(run.effects, { watched: true, interactive: true, answer });
    expect(await run.run(line)).toMatchObject({ exitCode: 0 });
    expect(run.effects.questions).toHaveLength(questions);
  });

  it.each(['release', 'rollback'])('%s --json refuses at a terminal, since it prints no question', async (verb) => {
    Object.assign(run.effects, { watched: true, interactive: true, answer: 'dev' });
    const { failure } = await run.run(`${verb} -c dev --json`);
    expect(failure).toBe(`nightshift ${verb}: confirmation required, but --json prints no question - add --yes`);
    expect(run.effects.questions).toEqual([]);
    expect(run.engine.calls).toEqual([]);
  });

  it.each(['release -c dev --json --yes', 'release -c dev --json --check'])(
    'does not ask at a terminal: %s',
    async (line) => {
      Object.assign(run.effects, { watched: true, interactive: true });
      const { stdout } = await run.run(line);
      expect(stdout).toContain('"status":"succeeded","problems":[],');
      expect(run.effects.questions).toEqual([]);
    },
  );

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
