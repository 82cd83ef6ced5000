import { forEachTest } from '@nightshift/stack-run/testing';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sdkError } from '@nightshift/testing/aws';
import { ReleaseRun } from '../testing/release-run';

const run = forEachTest(() => new ReleaseRun());

describe('nightshift logs', () => {
  const line = (seconds: number, text: string) => ({
    time: new Date(Date.UTC(2026, 10, 24, 2, 0, seconds)),
    task: '3f2a1b9c77e0aa',
    text,
  });

  it('prints the lines of the last ten minutes', async () => {
    run.engine.lines = [line(1, 'one'), line(2, '\u001B[31mtwo')];
    expect((await run.run('logs -c dev')).stdout).toBe('02:00:01 3f2a1b9c one\n02:00:02 3f2a1b9c two\n');
    expect(run.engine.logOptions).toEqual({ since: new Date('2024-12-31T23:50:00Z'), task: undefined });
    run.effects.printed.stdout = '';
    const { stdout } = await run.run('logs -c dev --json --task 3f2a --since 2h');
    expect(JSON.parse(String(stdout.split('\n')[0]))).toEqual({
      type: 'log',
      time: '2026-11-24T02:00:01.000Z',
      task: '3f2a1b9c77e0aa',
      text: 'one',
    });
    expect(run.engine.logOptions).toEqual({ since: new Date('2024-12-31T22:00:00Z'), task: '3f2a' });
    expect(run.effects.listening).toBe(0);
  });

  it('formats JSON lines for people, and prints them unchanged with --json', async () => {
    const text = '{"level":"info","time":"2026-11-24T02:00:01Z","message":"job done","job":7}';
    run.engine.lines = [line(1, text)];
    expect((await run.run('logs -c dev')).stdout).toBe('02:00:01 3f2a1b9c info: job done {"job":7}\n');
    run.effects.printed.stdout = '';
    const [first, result] = (await run.run('logs -c dev --json')).stdout.trim().split('\n');
    expect(JSON.parse(String(first))).toMatchObject({ type: 'log', text });
    expect(JSON.parse(String(result))).toMatchObject({ type: 'result', verb: 'logs', lines: 1, exitCode: 0 });
  });

  it('reports that there are no lines', async () => {
    expect(await run.run('logs -c dev')).toMatchObject({
      stdout: '',
      stderr: 'no log lines of dev since 2024-12-31 23:50:00 UTC\n',
    });
    const { stdout } = await run.run('logs -c dev --json');
    expect(JSON.parse(stdout)).toEqual({
      type: 'result',
      verb: 'logs',
      environment: 'dev',
      suffix: 'dev',
      status: 'succeeded',
      problems: [],
      lines: 0,
      exitCode: 0,
    });
  });

  it.each([
    ['local', 'npx nightshift start -c local'],
    ['second', 'npx nightshift start -c second'],
    ['dev', 'npx nx run-many -t deploy -c dev'],
  ])('reports that %s is not deployed if there is no log group', async (name, command) => {
    const file = readFileSync(join(run.effects.root, 'environments/local.yaml'), 'utf8');
    writeFileSync(join(run.effects.root, 'environments/second.yaml'), file);
    const missing = sdkError('ResourceNotFoundException', 'The specified log group does not exist.');
    run.engine.lines = Object.defineProperty([line(1, 'one')], 0, {
      get: () => {
        throw missing;
      },
    });
    expect((await run.run(`logs -c ${name}`)).failure).toBe(
      `environment ${name}: is not deployed - deploy it: ${command}`,
    );
    missing.message = 'Requested resource not found';
    expect((await run.run(`logs -c ${name}`)).failure).toContain('AWS refused the call');
  });

  it('follows the logs until Ctrl-C', async () => {
    const lines = [line(1, 'one'), line(2, 'two')];
    const second = () => {
      run.effects.signal();
      return line(2, 'two');
    };
    run.engine.lines = Object.defineProperty(lines, 1, { get: second });
    const { stdout, failure } = await run.run('logs -c dev -f --since 2026-11-24T01:00:00Z');
    expect([stdout, failure]).toEqual(['02:00:01 3f2a1b9c one\n', undefined]);
    expect(run.engine.logOptions?.follow?.aborted).toBe(true);
    expect(run.engine.logOptions?.since).toEqual(new Date('2026-11-24T01:00:00Z'));
  });

  it.each(['yesterday', '10', '2026-99-99'])('refuses --since %s', async (text) => {
    expect((await run.run(`logs -c dev --since ${text}`)).failure).toContain(
      'Expected a duration such as 30s, 10m, 2h or 1d, or a time such as 2026-11-24T02:00:00Z.',
    );
  });
});
