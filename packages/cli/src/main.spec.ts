import { forEachTest } from '@nightshift/stack-run/testing';
import { verbs } from './program';
import { VerbRun } from './testing/run-verb';

describe('the command', () => {
  const verb = forEachTest(() => new VerbRun());

  it('prints its version', async () => {
    expect(await verb.run('--version')).toEqual({ stdout: '0.1.0\n', stderr: '', exitCode: undefined });
  });

  const shown = Object.entries(verbs).flatMap(([name, verb]) => ('hidden' in verb ? [] : name));

  it('prints help with every verb and the exit codes', async () => {
    const { stdout, exitCode } = await verb.run('--help');
    expect(stdout).toMatch(/^Usage: nightshift <verb> \[options\]\n/);
    for (const name of shown) expect(stdout).toMatch(new RegExp(`^  ${name} {2,}\\w`, 'm'));
    expect(stdout).toMatch(
      /\nExit codes:\n {2}0 {4}success\n(?: {2}\d+ +.+\n){8} {2}130 {2}interrupted by a signal\n$/,
    );
    expect(exitCode).toBeUndefined();
  });

  it.each(['plan --help', 'help plan'])('prints the help of a verb: %s', async (line) => {
    const { stdout, exitCode } = await verb.run(line);
    expect(stdout).toMatch(
      /^Usage: nightshift plan <stack> -c <environment> \[options\]\n\nShow the changes that a deploy of one stack would make/,
    );
    expect(exitCode).toBeUndefined();
  });

  it.each(Object.keys(verbs))('documents %s', async (name) => {
    const { stdout } = await verb.run(`${name} --help`);
    expect(stdout).toMatch(new RegExp(`^Usage: nightshift ${name} `));
  });

  it('uses the width of the terminal, up to a readable maximum', async () => {
    verb.effects.columns = 300;
    const { stdout } = await verb.run('destroy --help');
    expect(Math.max(...stdout.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(110);
    expect(stdout).toContain('with Nx, those are\ndestroyed first');
  });

  it('fails without a verb', async () => {
    const { stderr, exitCode } = await verb.run('');
    expect(stderr).toBe(
      `error nightshift: no verb specified - use one of ${shown.join(', ')}; for help run npx nightshift --help\n`,
    );
    expect(exitCode).toBe(1);
  });

  it('refuses an unknown verb', async () => {
    const { stderr, exitCode } = await verb.run('deplyo network -c dev');
    expect(stderr).toMatch(/^error nightshift: unknown verb, got deplyo - did you mean deploy\?/);
    expect(exitCode).toBe(1);
  });

  it('refuses an unknown option', async () => {
    expect(await verb.run('plan network --oops')).toEqual({
      stdout: '',
      stderr: 'error nightshift plan: unknown option, got --oops - see npx nightshift plan --help\n',
      exitCode: 1,
    });
  });

  it('refuses an option before the verb', async () => {
    const { stderr } = await verb.run('--oops');
    expect(stderr).toBe('error nightshift: unknown option, got --oops - see npx nightshift --help\n');
  });

  it('ends with a JSON result with --json', async () => {
    const { stdout } = await verb.run('plan network --json');
    expect(JSON.parse(stdout)).toEqual({
      type: 'result',
      verb: 'plan',
      status: 'failed',
      problems: ['nightshift plan: no environment specified - use -c with one of dev, local, preview'],
      exitCode: 1,
    });
  });
});
