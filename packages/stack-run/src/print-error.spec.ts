import { randomUUID } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InterruptedError, UserError } from '@nightshift/errors';
import { createColors } from 'picocolors';
import { isFirstNotice, printError } from './print-error';
import { FakeRunEffects } from './testing/fake-effects';

describe('a printed error', () => {
  const problem = { where: 'dev.yaml: task.cpu', what: 'not a Fargate size', got: '100', todo: 'use 256' };

  it('is a user error: no stack trace, exit code 1', () => {
    const effects = new FakeRunEffects();
    expect(printError(new UserError(problem, { ...problem, got: '7' }), effects)).toBe(1);
    expect(effects.printed).toEqual({
      stdout: '',
      stderr:
        'error dev.yaml: task.cpu: not a Fargate size, got 100 - use 256\nerror dev.yaml: task.cpu: not a Fargate size, got 7 - use 256\n',
    });
  });

  it('is the message alone with exit code 130 after Ctrl-C at a question', () => {
    const effects = new FakeRunEffects();
    expect(printError(new InterruptedError('interrupted; nothing was changed'), effects)).toBe(130);
    expect(effects.printed).toEqual({ stdout: '', stderr: 'interrupted; nothing was changed\n' });
  });

  it('is explained for the first of the stacks that share it', () => {
    const effects = new FakeRunEffects();
    const runId = randomUUID();
    effects.env = { NIGHTSHIFT_RUN_ID: runId };
    const credentials = (where: string) => new UserError({ where, what: 'no AWS credentials', todo: 'sign in' });
    printError(credentials('network'), effects, 'network');
    printError(credentials('registry'), effects, 'registry');
    printError(credentials('aws_vpc.A'), effects, 'network');
    rmSync(join(tmpdir(), `nightshift-notices-${runId}`), { recursive: true });
    expect(effects.printed.stderr).toBe(
      'error network: no AWS credentials - sign in\n' +
        'error registry: failed for the same reason as another stack of this run\n' +
        'error aws_vpc.A: no AWS credentials - sign in\n',
    );
  });

  it('is a defect otherwise: stack trace, exit code 70', () => {
    const effects = new FakeRunEffects();
    expect(printError(new TypeError('oops'), effects)).toBe(70);
    expect(effects.printed.stderr).toMatch(
      /^defect nightshift: internal error - please report these lines\nTypeError: oops\n {4}at .*\n/,
    );
  });

  it('can have no stack trace, or be any value', () => {
    const effects = new FakeRunEffects();
    const bare = new Error('bare');
    delete bare.stack;
    printError(bare, effects);
    printError('a text', effects);
    const head = 'defect nightshift: internal error - please report these lines\n';
    expect(effects.printed.stderr).toBe(`${head}bare\n${head}a text\n`);
  });

  it('has positions in the sources', () => {
    const effects = new FakeRunEffects();
    const error = new Error('oops');
    error.stack = 'Error: oops\n    at bundle.cjs';
    printError(error, effects);
    expect(effects.printed.stderr).toContain('\nError: oops\n    at source.ts\n');
  });

  it('is red on a terminal', () => {
    const effects = new FakeRunEffects();
    effects.colours = createColors(true);
    printError(new UserError(problem), effects);
    expect(effects.printed.stderr).toMatch(/^\u001B\[31merror\u001B\[39m dev/);
  });
});

describe('isFirstNotice', () => {
  let runId: string;
  beforeEach(() => {
    runId = randomUUID();
  });
  afterEach(() => {
    rmSync(join(tmpdir(), `nightshift-notices-${runId}`), { recursive: true, force: true });
  });

  it('is true for one process of an Nx run', () => {
    expect([isFirstNotice('a', runId), isFirstNotice('a', runId), isFirstNotice('b', runId)]).toEqual([
      true,
      false,
      true,
    ]);
    expect(isFirstNotice('a', `${runId}-other`)).toBe(true);
    rmSync(join(tmpdir(), `nightshift-notices-${runId}-other`), { recursive: true });
  });

  it.each([undefined, ''])('is true without Nx (%p)', (none) => {
    expect([isFirstNotice('a', none), isFirstNotice('a', none)]).toEqual([true, true]);
  });

  it('is true without write access', () => {
    writeFileSync(join(tmpdir(), `nightshift-notices-${runId}`), '');
    expect(isFirstNotice('a', `${runId}/below`)).toBe(true);
  });
});
