import { forEachTest } from '@nightshift/stack-run/testing';
import { sdkError } from '@nightshift/testing/aws';
import { recordFixture } from '@nightshift/release-view/testing';
import { ReleaseRun } from '../../testing/release-run';
import { openRecordFixture, runningFixture } from '../../testing/running-fixture';

const run = forEachTest(() => new ReleaseRun());

describe('while a release is watched', () => {
  const terminal = () => Object.assign(run.effects, { watched: true, interactive: true, answer: 'dev' });

  it('Ctrl-C and d detach', async () => {
    terminal();
    run.engine.whileWatching = () => {
      run.effects.press('\u0003');
      run.effects.press('d');
      return Promise.resolve();
    };
    expect(await run.run('release -c dev')).toMatchObject({ exitCode: 13 });
    expect(run.engine.calls).not.toContain('stop d-8QZ4K1P2N');
    expect(run.effects.listening).toBe(0);
  });

  it('three quick Ctrl-C print one sentence and set the exit code', async () => {
    terminal();
    run.engine.whileWatching = () => {
      run.effects.press('\u0003');
      run.effects.press('\u0003');
      return Promise.resolve();
    };
    run.engine.whileReporting = () => {
      run.effects.press('\u0003');
    };
    const { stdout, exitCode } = await run.run('release -c dev');
    expect(exitCode).toBe(13);
    expect(stdout).toContain('release of dev continues without being watched\n');
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
    expect(run.engine.calls).toContain('stop d-8QZ4K1P2N');
    expect(stdout).toContain('release of dev was stopped: 4f1c2e9 has all traffic (38 min 40 s)\n');
  });

  it('without a terminal, a signal does what --on-interrupt says', async () => {
    run.engine.end = { kind: 'stopped' };
    run.engine.whileWatching = () => {
      run.effects.signal('SIGTERM');
      return new Promise(setImmediate);
    };
    expect(await run.run('release -c dev --on-interrupt stop')).toMatchObject({ exitCode: 12 });
    expect(run.engine.calls).toContain('stop d-8QZ4K1P2N');
    expect((await run.run('release -c dev --on-interrupt pause')).failure).toBe(
      "error: option '--on-interrupt <what>' argument 'pause' is invalid. Allowed choices are detach, stop.",
    );
  });

  it('reports why the release could not be stopped, and continues to watch', async () => {
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

  it('reports that AWS does not respond', async () => {
    run.engine.whileWatching = ({ onTrouble }) => {
      onTrouble?.(sdkError('ThrottlingException', 'Rate exceeded'));
      return Promise.resolve();
    };
    expect((await run.run('release -c dev')).stdout).toContain(
      '00:00:00 AWS did not respond, retrying: AWS: AWS refused the call, got ThrottlingException: Rate exceeded - ',
    );
  });
});

describe('nightshift release watch', () => {
  it('shows the newest release until it ends', async () => {
    run.engine.resumed = [runningFixture()];
    run.engine.end = { kind: 'rolled-back', cause: 'an alarm' };
    const { exitCode } = await run.run('release watch -c dev');
    expect(exitCode).toBe(10);
    expect(run.engine.calls).toEqual(['resume', 'watch d-8QZ4K1P2N', 'history 1']);
  });

  it('shows a release that another client started', async () => {
    run.engine.resumed = [{ ...runningFixture(), record: undefined }];
    run.engine.records = [];
    const { stdout, exitCode } = await run.run('release watch -c dev');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('release of dev succeeded: 9a01b7c has all traffic (38 min 40 s)\n');
    run.engine.resumed = [{ ...runningFixture(), record: undefined }];
    run.effects.printed.stdout = '';
    const lines = (await run.run('release watch -c dev --json')).stdout.trim().split('\n');
    expect(JSON.parse(String(lines.at(-1)))).toMatchObject({ type: 'result', end: 'succeeded' });
  });

  it('reports the end of the newest deployment of another client, not of an older release', async () => {
    run.engine.resumed = [{ kind: 'nothing', record: recordFixture({ outcome: 'rollback-failed' }) }];
    run.engine.other = { deploymentId: 'd-OTHER', status: 'Succeeded' };
    run.engine.records = [recordFixture({ outcome: 'rollback-failed' })];
    const { stdout, exitCode } = await run.run('release watch -c dev');
    expect(exitCode).toBe(0);
    expect(run.engine.calls).toContain('watch d-OTHER');
    expect(stdout).toContain('release of dev succeeded: 9a01b7c has all traffic (38 min 40 s)\n');
  });

  it('waits for a release that another command is starting', async () => {
    const starting = { kind: 'starting', record: openRecordFixture() } as const;
    run.engine.resumed = [starting, starting, runningFixture()];
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
  ] as const)('reports the end of a past release: %j', async (changes, code, text) => {
    const record = recordFixture(changes);
    run.engine.resumed = [{ kind: 'nothing', record }];
    run.engine.records = [record];
    const { stdout, exitCode } = await run.run('release watch -c dev --json');
    expect(exitCode).toBe(code);
    expect(JSON.parse(stdout)).toMatchObject({ type: 'result', end: changes.outcome, deploymentId: 'd-8QZ4K1P2N' });
    run.effects.printed.stdout = '';
    expect((await run.run('release watch -c dev')).stdout).toContain(text);
  });

  it('fails for a release without a deployment, and if there was none', async () => {
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
