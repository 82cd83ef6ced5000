import { forEachTest } from '@nightshift/stack-run/testing';
import { InterruptedError } from '@nightshift/errors';
import { ReleaseRun, TREE } from '../../testing/release-run';

const run = forEachTest(() => new ReleaseRun());

describe('nightshift release before it starts', () => {
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
});
