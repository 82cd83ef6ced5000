import { releaseLine } from '@nightshift/release';
import { sdkError } from '@nightshift/testing/aws';
import { openRecordFixture, recordFixture } from '../../testing/record-fixture';
import { ReleaseRun } from '../../testing/release-run';
import { snapshotFixture } from '../../testing/snapshot-fixture';

let run: ReleaseRun;

beforeEach(() => {
  run = new ReleaseRun();
});

afterEach(() => {
  run.dispose();
});

const running = () =>
  ({
    kind: 'running',
    record: openRecordFixture(),
    deploymentId: 'd-8QZ4K1P2N',
    snapshot: snapshotFixture(),
  }) as const;

const TREE = `Version
  [OK] image: 9a01b7c is there
release of dev: 4f1c2e9 -> 9a01b7c
  ~ image: 4f1c2e9 (sha256:4f4f4f4f4f4f) → 9a01b7c (sha256:9a9a9a9a9a9a)
`;

describe('nightshift release', () => {
  it('says where its calls went when that was not AWS, in the report too', async () => {
    run.effects.env = { AWS_ENDPOINT_URL: 'http://127.0.0.1:5000', NIGHTSHIFT_ALLOW_ENDPOINT_URL: '1' };
    const endpoint = 'http://127.0.0.1:5000 (AWS_ENDPOINT_URL)';
    const { stdout } = await run.run('release -c dev --image 9a01b7c');
    expect(stdout.split('\n').at(-2)).toBe(`  AWS endpoint: ${endpoint}`);
    expect(run.file('cdktf.out/dev/releases/d-8QZ4K1P2N.md')).toContain(`| AWS endpoint | ${endpoint} |\n`);
  });

  it('checks, says what changes, starts, watches and reports (R10.5)', async () => {
    const { stdout, exitCode } = await run.run('release -c dev --image 9a01b7c');
    expect(run.engine.asked).toEqual(['resume', 'preflight', 'start', 'watch d-8QZ4K1P2N', 'history 1']);
    expect(run.engine.request).toEqual({ kind: 'release', image: '9a01b7c', duringWindow: undefined });
    expect(exitCode).toBe(0);
    expect(stdout.startsWith(TREE)).toBe(true);
    expect(stdout.split('\n').slice(4, 8)).toEqual([
      '00:00:00 writing the release record',
      '00:00:00 suspending auto-scaling',
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
  ] as const)('ends on %j with %i', async (end, code) => {
    run.engine.end = end;
    expect(await run.run('release -c dev')).toMatchObject({ exitCode: code });
  });

  it('changes nothing where a check is not good, and names all that are not', async () => {
    run.engine.checks = [
      { mark: 'OK', title: 'image', detail: 'is there' },
      { mark: 'FAIL', title: 'gate alarm-a', detail: 'is in ALARM', remedy: 'wait until it is OK' },
      { mark: 'FAIL', title: 'secret', detail: 'is missing', remedy: 'put it there' },
    ];
    const { stdout, exitCode } = await run.run('release -c dev');
    expect(exitCode).toBe(1);
    expect(run.engine.asked).toEqual(['resume', 'preflight']);
    expect(stdout).toContain('  [FAIL] gate alarm-a: is in ALARM\n       -> wait until it is OK\n');
    expect(stdout.endsWith('2 of 3 checks failed. Nothing was changed.\n')).toBe(true);
  });

  it('says to programs why it was refused', async () => {
    run.engine.checks = [
      { mark: 'FAIL', title: 'gate alarm-a', detail: 'is in ALARM', remedy: 'wait until it is OK' },
      { mark: 'FAIL', title: 'secret', detail: 'is missing', remedy: 'put it there' },
    ];
    const { stdout } = await run.run('release -c dev --json');
    const lines = stdout.split('\n').filter(Boolean);
    expect(lines.map((line) => releaseLine.parse(JSON.parse(line)).type)).toEqual(['check', 'check', 'result']);
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

  it('counts a single check that is not good', async () => {
    run.engine.checks = [{ mark: 'FAIL', title: 'secret', detail: 'is missing', remedy: 'put it there' }];
    expect((await run.run('release -c dev')).stdout).toMatch(/\n1 of 1 checks failed\. Nothing was changed\.\n$/);
  });

  it('--check stops before anything is changed', async () => {
    expect((await run.run('release -c dev --image 9a01b7c --check')).stdout).toMatch(
      /: npx nightshift release -c dev --image 9a01b7c\n$/,
    );
    run.engine.asked.length = 0;
    run.effects.printed.stdout = '';
    expect(await run.run('release -c dev --check')).toEqual({
      stdout: `${TREE}All checks passed. To start the release: npx nightshift release -c dev\n`,
      stderr: '',
      exitCode: undefined,
    });
    expect(run.engine.asked).toEqual(['resume', 'preflight']);
  });

  it('--check --json answers programs', async () => {
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
      checked: true,
      exitCode: 0,
    });
  });

  it('asks at a terminal, and does nothing where the answer is another', async () => {
    Object.assign(run.effects, { watched: true, interactive: true, answer: 'no' });
    const { failure } = await run.run('release -c dev');
    expect(failure).toBe('nightshift release: not confirmed; nothing was changed, got no - type dev, or add --yes');
    expect(run.effects.questions).toEqual(['This releases dev to 9a01b7c. Type dev to continue: ']);
    expect(run.engine.asked).not.toContain('start');
  });

  it('says in the question that a rollback rolls back', async () => {
    Object.assign(run.effects, { watched: true, interactive: true, answer: 'no' });
    const { failure } = await run.run('rollback -c dev');
    expect(failure).toBe('nightshift rollback: not confirmed; nothing was changed, got no - type dev, or add --yes');
    expect(run.effects.questions).toEqual(['This rolls back dev to 9a01b7c. Type dev to continue: ']);
  });

  it.each([
    ['dev', 'release -c dev', 1],
    ['', 'release -c dev --yes', 0],
  ])('goes on where the answer is %j to %s', async (answer, line, questions) => {
    Object.assign(run.effects, { watched: true, interactive: true, answer });
    expect(await run.run(line)).toMatchObject({ exitCode: 0 });
    expect(run.effects.questions).toHaveLength(questions);
  });

  it('--detach starts it and does not watch', async () => {
    const { stdout, exitCode } = await run.run('release -c dev --detach');
    expect(exitCode).toBe(13);
    expect(run.engine.asked).toEqual(['resume', 'preflight', 'start', 'history 1']);
    expect(stdout.split('\n').slice(-5)).toEqual([
      'release of dev continues without being watched',
      '  watch: npx nightshift release watch -c dev',
      '  stop:  npx nightshift release stop -c dev',
      '  auto-scaling stays suspended until release watch, stop or status runs after the end of the release',
      '',
    ]);
    expect(run.effects.listening).toBe(0);
  });

  it('passes on why it may reach into a processing window', async () => {
    await run.run('release -c dev --during-window urgent --yes');
    expect(run.engine.request).toEqual({ kind: 'release', image: undefined, duringWindow: 'urgent' });
  });

  it('says that a release before it had ended unseen', async () => {
    const record = recordFixture({ outcome: 'rolled-back' });
    run.engine.resumed = [{ kind: 'finished', record, end: { kind: 'rolled-back', cause: 'x' } }];
    const text =
      'the release of 2026-11-24T02:00:00.000Z ended while nobody watched it: rolled-back. Its record is now closed and auto-scaling is restored.';
    expect((await run.run('release -c dev --check')).stdout.split('\n')[0]).toBe(text);
    run.effects.printed.stdout = '';
    const { stdout } = await run.run('release -c dev --check --json');
    expect(JSON.parse(String(stdout.split('\n')[0]))).toEqual({ type: 'note', time: '2025-01-01T00:00:00.000Z', text });
  });

  it('ends in one JSON object with the end, the deployment and the report', async () => {
    run.engine.end = { kind: 'rolled-back', cause: 'alarm-a went into ALARM' };
    const { stdout, exitCode } = await run.run('release -c dev --json');
    const lines = stdout.split('\n').filter(Boolean);
    for (const line of lines) releaseLine.parse(JSON.parse(line));
    expect(JSON.parse(String(lines.at(-1)))).toEqual({
      type: 'result',
      verb: 'release',
      environment: 'dev',
      suffix: 'dev',
      status: 'failed',
      end: 'rolled-back',
      cause: 'alarm-a went into ALARM',
      deploymentId: 'd-8QZ4K1P2N',
      report: 'cdktf.out/dev/releases/d-8QZ4K1P2N.md',
      exitCode: 10,
    });
    expect(exitCode).toBe(10);
  });

  it('says in words what AWS refuses', async () => {
    run.engine.failure = {
      of: 'start',
      error: sdkError('AccessDeniedException', 'not authorized to perform: codedeploy:CreateDeployment on x', 403),
    };
    expect((await run.run('release -c dev')).failure).toBe(
      'releases of dev: AWS does not allow it, got AccessDeniedException: not authorized to perform: codedeploy:CreateDeployment on x - have codedeploy:CreateDeployment allowed to the role that you run as, then run the same command again',
    );
    expect(run.effects.listening).toBe(0);
  });

  it('reports what it knows where the record is not there', async () => {
    run.engine.records = [];
    expect(await run.run('release -c dev')).toMatchObject({ exitCode: 0 });
    expect(run.file('cdktf.out/dev/releases/d-8QZ4K1P2N.md')).not.toContain('| by |');
  });

  it('knows no other action', async () => {
    expect((await run.run('release stauts -c dev')).failure).toBe(
      'nightshift release: unknown action, got stauts - use one of status, watch, stop, promote, history; to release an image, use --image <tag or digest>',
    );
  });
});

describe('nightshift rollback', () => {
  it('goes return to the last good release, as a release of its own', async () => {
    const { stdout, exitCode } = await run.run('rollback -c dev');
    expect(run.engine.request).toEqual({ kind: 'rollback', image: undefined, duringWindow: undefined });
    expect(stdout).toContain('\nrollback of dev: 4f1c2e9 -> 9a01b7c\n');
    expect(exitCode).toBe(0);
  });
});

describe('while a release is watched', () => {
  const terminal = () => Object.assign(run.effects, { watched: true, interactive: true, answer: 'dev' });

  it('Ctrl-C and d let it go on, unwatched', async () => {
    terminal();
    run.engine.whileWatching = () => {
      run.effects.press('\u0003');
      run.effects.press('d');
      return Promise.resolve();
    };
    expect(await run.run('release -c dev')).toMatchObject({ exitCode: 13 });
    expect(run.engine.asked).not.toContain('stop d-8QZ4K1P2N');
    expect(run.effects.listening).toBe(0);
  });

  it('Ctrl-C and s stop it', async () => {
    terminal();
    run.engine.end = { kind: 'stopped' };
    run.engine.whileWatching = () => {
      run.effects.press('\u0003');
      run.effects.press('s');
      return new Promise(setImmediate);
    };
    const { stdout, exitCode } = await run.run('release -c dev');
    expect(exitCode).toBe(12);
    expect(run.engine.asked).toContain('stop d-8QZ4K1P2N');
    expect(stdout).toContain('release of dev was stopped: 4f1c2e9 has all traffic (38 min 40 s)\n');
  });

  it('in CI, a signal does what --on-interrupt says', async () => {
    run.engine.end = { kind: 'stopped' };
    run.engine.whileWatching = () => {
      run.effects.signal('SIGTERM');
      return new Promise(setImmediate);
    };
    expect(await run.run('release -c dev --on-interrupt stop')).toMatchObject({ exitCode: 12 });
    expect(run.engine.asked).toContain('stop d-8QZ4K1P2N');
    expect((await run.run('release -c dev --on-interrupt pause')).failure).toBe(
      "error: option '--on-interrupt <what>' argument 'pause' is invalid. Allowed choices are detach, stop.",
    );
  });

  it('says why it could not be stopped, and goes on watching', async () => {
    run.engine.failure = { of: 'stop d-8QZ4K1P2N', error: new Error('the deployment has already ended') };
    run.engine.whileWatching = () => {
      run.effects.signal();
      return new Promise(setImmediate);
    };
    const { stdout, exitCode } = await run.run('release -c dev --on-interrupt stop');
    expect(stdout).toContain('00:00:00 could not stop the release: the deployment has already ended\n');
    expect(exitCode).toBe(0);
    run.engine.failure = { of: 'stop d-8QZ4K1P2N', error: 'gone' };
    expect((await run.run('release -c dev --on-interrupt stop')).stdout).toContain(
      'could not stop the release: gone\n',
    );
  });

  it('says when AWS does not answer', async () => {
    run.engine.whileWatching = ({ onTrouble }) => {
      onTrouble?.(sdkError('ThrottlingException', 'Rate exceeded'));
      return Promise.resolve();
    };
    expect((await run.run('release -c dev')).stdout).toContain(
      '00:00:00 AWS did not respond, retrying: AWS: AWS refused the call, got ThrottlingException: Rate exceeded - ',
    );
  });
});

describe('nightshift release status', () => {
  it('shows what can be seen, and ends with 13', async () => {
    run.engine.resumed = [running()];
    const { stdout, exitCode } = await run.run('release status -c dev');
    expect(exitCode).toBe(13);
    expect(stdout).toMatch(/^release of dev: 4f1c2e9 -> 9a01b7c {2,}d-8QZ4K1P2N {2}00:00:00 UTC\nshifting traffic/);
    expect(stdout).toMatch(/\nwatch it: npx nightshift release watch -c dev\n$/);
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
    run.engine.resumed = [running()];
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

describe('nightshift release watch', () => {
  it('shows watch the newest release until it ends', async () => {
    run.engine.resumed = [running()];
    run.engine.end = { kind: 'rolled-back', cause: 'an alarm' };
    const { exitCode } = await run.run('release watch -c dev');
    expect(exitCode).toBe(10);
    expect(run.engine.asked).toEqual(['resume', 'watch d-8QZ4K1P2N', 'history 1']);
  });

  it('waits for one that another command is starting', async () => {
    const starting = { kind: 'starting', record: openRecordFixture() } as const;
    run.engine.resumed = [starting, starting, running()];
    const { stderr, exitCode } = await run.run('release watch -c dev');
    expect(exitCode).toBe(0);
    expect(stderr).toBe('another command is starting the release; waiting for the deployment\n');
    expect(run.slept).toBe(4000);
  });

  it.each([
    [{ outcome: 'succeeded' }, 0, 'release of dev succeeded: 9a01b7c has all traffic\n'],
    [{ outcome: 'stopped' }, 12, 'release of dev was stopped: 4f1c2e9 has all traffic\n'],
    [{ outcome: 'rolled-back', cause: 'an alarm' }, 10, '  why: an alarm\n'],
    [{ outcome: 'rollback-failed' }, 11, '  why: the record has no cause\n'],
  ] as const)('says how one ended that is over: %j', async (changes, code, text) => {
    const record = recordFixture(changes);
    run.engine.resumed = [{ kind: 'nothing', record }];
    run.engine.records = [record];
    const { stdout, exitCode } = await run.run('release watch -c dev --json');
    expect(exitCode).toBe(code);
    expect(JSON.parse(stdout)).toMatchObject({ type: 'result', end: changes.outcome, deploymentId: 'd-8QZ4K1P2N' });
    run.effects.printed.stdout = '';
    expect((await run.run('release watch -c dev')).stdout).toContain(text);
  });

  it('has nothing to say of one that did not come to a deployment, or where there was none', async () => {
    const record = recordFixture({ outcome: 'not-started', cause: 'Rate exceeded' });
    run.engine.resumed = [{ kind: 'finished', record }];
    expect((await run.run('release watch -c dev')).failure).toBe(
      'nightshift release watch: the newest release did not start; nothing was changed, got Rate exceeded - start a release: npx nightshift release -c dev',
    );
    run.engine.resumed = [{ kind: 'nothing' }];
    expect((await run.run('release watch -c dev')).failure).toBe(
      'nightshift release watch: no releases of dev yet - start a release: npx nightshift release -c dev',
    );
  });
});

describe.each([
  ['stop', 'd-8QZ4K1P2N is stopping: all traffic returns to the previous version'],
  ['promote', 'd-8QZ4K1P2N ends its termination wait: the tasks of the previous version stop now'],
])('nightshift release %s', (action, text) => {
  it('acts on the release that is under way, and watches', async () => {
    run.engine.resumed = [running()];
    run.engine.end = { kind: 'stopped' };
    const { stdout, exitCode } = await run.run(`release ${action} -c dev`);
    expect(stdout.split('\n')[0]).toBe(text);
    expect(exitCode).toBe(12);
    expect(run.engine.asked).toEqual(['resume', `${action} d-8QZ4K1P2N`, 'resume', 'watch d-8QZ4K1P2N', 'history 1']);
  });

  it('--detach does not wait', async () => {
    run.engine.resumed = [running()];
    const { stdout, exitCode } = await run.run(`release ${action} -c dev --detach --json`);
    expect(JSON.parse(stdout)).toEqual({ type: 'note', time: '2025-01-01T00:00:00.000Z', text });
    expect(exitCode).toBeUndefined();
    expect(run.engine.asked).toEqual(['resume', `${action} d-8QZ4K1P2N`]);
  });

  it('has nothing to act on where none is under way', async () => {
    expect((await run.run(`release ${action} -c dev`)).failure).toBe(
      `nightshift release ${action}: no release of dev in progress - see past releases: npx nightshift release history -c dev`,
    );
    run.engine.resumed = [
      { kind: 'starting', record: openRecordFixture() },
      { kind: 'nothing', record: recordFixture() },
    ];
    expect((await run.run(`release ${action} -c dev`)).failure).toBe(
      `nightshift release ${action}: no release of dev in progress, got the release of 2026-11-24T02:00:00.000Z: succeeded - see past releases: npx nightshift release history -c dev`,
    );
  });
});

describe('nightshift release history', () => {
  it('is a table, newest first', async () => {
    run.engine.unreadable = ['s3://x: is not the record of a release'];
    const { stdout, stderr } = await run.run('release history -c dev');
    expect(stdout.split('\n')[0]).toMatch(/^started \(UTC\) +kind +from +to +outcome +duration +by$/);
    expect(stderr).toBe('s3://x: is not the record of a release\n');
    expect(run.engine.asked).toEqual(['history 20']);
  });

  it('may be empty', async () => {
    run.engine.records = [];
    expect((await run.run('release history -c dev --limit 5')).stdout).toBe('no releases of dev yet\n');
    expect(run.engine.asked).toEqual(['history 5']);
  });

  it('--json has the whole records', async () => {
    const { stdout } = await run.run('release history -c dev --json');
    expect(JSON.parse(stdout)).toMatchObject({ type: 'result', verb: 'release history', releases: [{ id: 'r1' }] });
  });

  it.each(['0', 'x', '10000'])('refuses a limit of %s', async (limit) => {
    expect((await run.run(`release history -c dev --limit ${limit}`)).failure).toBe(
      `error: option '--limit <number>' argument '${limit}' is invalid. Expected a number from 1 to 9999.`,
    );
  });
});
