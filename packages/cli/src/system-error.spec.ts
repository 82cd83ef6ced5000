import { UserError } from '@nightshift/errors';
import { createColors } from 'picocolors';
import { asUserError, keepRecord, printError } from './system-error';
import { FakeEffects } from './testing/fake-effects';

const systemError = (properties: object) => Object.assign(new Error('it failed'), properties);

describe('an error of the system', () => {
  it.each([
    [
      { code: 'ENOSPC', path: '/ws/a' },
      '/ws/a: the disk is full, got ENOSPC - free space, then run the same command again',
    ],
    [{ code: 'ENOSPC' }, 'this machine: the disk is full, got ENOSPC - free space, then run the same command again'],
    [
      { code: 'EDQUOT' },
      'this machine: the disk quota is used up, got EDQUOT - free space, then run the same command again',
    ],
    [
      { code: 'EROFS', path: '/ws/a' },
      '/ws/a: the file system is read-only, got EROFS - use a writable copy of the workspace',
    ],
    [
      { code: 'EPERM', path: '/ws/a' },
      '/ws/a: access is denied, got EPERM - make it readable and writable for the user who runs this command',
    ],
    [
      { code: 'MODULE_NOT_FOUND', message: "Cannot find module '@aws-sdk/client-s3'\nRequire stack:" },
      'node_modules: package not found, got @aws-sdk/client-s3 - run npm ci',
    ],
  ])('is for the user to put right: %j', (properties, message) => {
    expect(asUserError(systemError(properties))).toEqual(expect.any(UserError));
    expect(asUserError(systemError(properties))).toMatchObject({ message });
  });

  it.each([
    'text',
    systemError({ code: 'EACCES' }),
    systemError({ code: 'EBADF', path: '/a' }),
    systemError({ code: 'MODULE_NOT_FOUND' }),
    new TypeError('oops'),
    new UserError({ where: 'a', what: 'b', todo: 'c' }),
  ])('is nothing else: %s', (error) => {
    expect(asUserError(error)).toBe(error);
  });
});

describe('keepRecord', () => {
  const keep = async (write: () => Promise<unknown>) => {
    const warnings: string[] = [];
    return { kept: await keepRecord('the report', write, (text) => warnings.push(text)), warnings };
  };

  it('writes', async () => {
    expect(await keep(() => Promise.resolve())).toEqual({ kept: true, warnings: [] });
  });

  it.each([
    [
      { code: 'EROFS', path: '/a' },
      'cannot save the report: /a: the file system is read-only, got EROFS - use a writable copy of the workspace',
    ],
    [{ code: 'EISDIR', path: '/a' }, 'cannot save the report: it failed'],
  ])('warns where that is not possible: %j', async (properties, warning) => {
    expect(await keep(() => Promise.reject(systemError(properties)))).toEqual({ kept: false, warnings: [warning] });
  });

  it('lets a defect through', async () => {
    await expect(keep(() => Promise.reject(new TypeError('oops')))).rejects.toThrow('oops');
  });
});

describe('a printed error', () => {
  const problem = { where: 'dev.yaml: task.cpu', what: 'not a Fargate size', got: '100', todo: 'use 256' };

  it('that the user can mend is printed without a stack trace and exits 1', () => {
    const effects = new FakeEffects();
    expect(printError(new UserError(problem, { ...problem, got: '7' }), effects)).toBe(1);
    expect(effects.printed).toEqual({
      stdout: '',
      stderr:
        'error dev.yaml: task.cpu: not a Fargate size, got 100 - use 256\nerror dev.yaml: task.cpu: not a Fargate size, got 7 - use 256\n',
    });
  });

  it('of any other kind is our defect: stack trace, exit 70', () => {
    const effects = new FakeEffects();
    expect(printError(new TypeError('oops'), effects)).toBe(70);
    expect(effects.printed.stderr).toMatch(
      /^defect nightshift: internal error - please report these lines\nTypeError: oops\n {4}at .*\n/,
    );
  });

  it('may come without a stack trace, or be no error at all', () => {
    const effects = new FakeEffects();
    const bare = new Error('bare');
    delete bare.stack;
    printError(bare, effects);
    printError('a text', effects);
    const head = 'defect nightshift: internal error - please report these lines\n';
    expect(effects.printed.stderr).toBe(`${head}bare\n${head}a text\n`);
  });

  it('names the places in the sources', () => {
    const effects = new FakeEffects();
    const error = new Error('oops');
    error.stack = 'Error: oops\n    at bundle.cjs';
    printError(error, effects);
    expect(effects.printed.stderr).toContain('\nError: oops\n    at source.ts\n');
  });

  it('is marked in red on a terminal', () => {
    const effects = new FakeEffects();
    effects.colours = createColors(true);
    printError(new UserError(problem), effects);
    expect(effects.printed.stderr).toMatch(/^\u001B\[31merror\u001B\[39m dev/);
  });
});
