import { sdkError } from '../testing/fake-service';
import { orAbsent } from './or-absent';

describe('orAbsent', () => {
  it('gives the answer', async () => {
    expect(await orAbsent(Promise.resolve(1), 'NoSuchKey')).toBe(1);
  });

  it('gives undefined for the error that means "there is none"', async () => {
    expect(await orAbsent(Promise.reject(sdkError('NoSuchKey')), 'NoSuchKey')).toBeUndefined();
  });

  it('passes every other error on', async () => {
    await expect(orAbsent(Promise.reject(sdkError('AccessDenied')), 'NoSuchKey')).rejects.toThrow('AccessDenied');
    await expect(orAbsent(Promise.reject(new TypeError('x')), 'NoSuchKey')).rejects.toThrow('x');
  });
});
