import { UserError } from '@nightshift/errors';
import { asUserError, keepRecord } from './system-error';

const systemError = (properties: object) => Object.assign(new Error('it failed'), properties);

describe('a file system error', () => {
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
    [{ code: 'EPERM', path: '/ws/a' }, '/ws/a: access is denied, got EPERM - grant your user read and write access'],
    [
      { code: 'MODULE_NOT_FOUND', message: "Cannot find module '@aws-sdk/client-s3'\nRequire stack:" },
      'node_modules: package not found, got @aws-sdk/client-s3 - run npm ci',
    ],
  ])('is a user error: %j', (properties, message) => {
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
  ])('is a defect: %s', (error) => {
    expect(asUserError(error)).toBe(error);
  });
});

describe('keepRecord', () => {
  const keep = async (write: () => Promise<unknown>) => {
    const warnings: string[] = [];
    return { kept: await keepRecord('the report', write, (text) => warnings.push(text)), warnings };
  };

  it('writes a record', async () => {
    expect(await keep(() => Promise.resolve())).toEqual({ kept: true, warnings: [] });
  });

  it.each([
    [
      { code: 'EROFS', path: '/a' },
      'cannot save the report: /a: the file system is read-only, got EROFS - use a writable copy of the workspace',
    ],
    [{ code: 'EISDIR', path: '/a' }, 'cannot save the report: it failed'],
  ])('warns if it cannot write: %j', async (properties, warning) => {
    expect(await keep(() => Promise.reject(systemError(properties)))).toEqual({ kept: false, warnings: [warning] });
  });

  it('throws a defect', async () => {
    await expect(keep(() => Promise.reject(new TypeError('oops')))).rejects.toThrow('oops');
  });
});
