import { sdkError } from '@nightshift/testing/aws';
import { isAboutAws, isAnswer, isPassing } from './aws-answers';

describe('isPassing', () => {
  it.each([
    ['throttling', sdkError('ThrottlingException')],
    ['throttling of S3', sdkError('SlowDown', 'Please reduce your request rate.', 503)],
    ['too many requests', sdkError('TooManyRequestsException')],
    ['an internal error', sdkError('InternalServiceFault', 'unknown', 500)],
    ['a broken connection', Object.assign(new Error('socket'), { code: 'ECONNRESET' })],
    ['no answer', Object.assign(new Error('timeout'), { name: 'TimeoutError' })],
  ])('is true of %s', (_, error) => {
    expect(isPassing(error)).toBe(true);
  });

  it.each([
    ['a refusal', sdkError('InvalidRevisionException')],
    ['a defect', new TypeError('x is not a function')],
    ['what is no error', 'ThrottlingException'],
  ])('is false of %s', (_, error) => {
    expect(isPassing(error)).toBe(false);
  });
});

describe('isAnswer', () => {
  it('identifies errors by their names', () => {
    expect(isAnswer(sdkError('NoSuchKey'), 'NotFound', 'NoSuchKey')).toBe(true);
    expect(isAnswer(sdkError('AccessDenied'), 'NoSuchKey')).toBe(false);
    expect(isAnswer('NoSuchKey', 'NoSuchKey')).toBe(false);
  });
});

describe('isAboutAws', () => {
  it('distinguishes errors of AWS and of the connection from defects', () => {
    expect(isAboutAws(sdkError('AccessDenied'))).toBe(true);
    expect(isAboutAws(Object.assign(new Error('socket'), { code: 'ECONNRESET' }))).toBe(true);
    expect(isAboutAws(new TypeError('x is not a function'))).toBe(false);
    expect(isAboutAws('AccessDenied')).toBe(false);
  });
});
