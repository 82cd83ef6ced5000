import { arnsOverlap, overlaps } from './overlaps';

describe('patterns overlap', () => {
  it.each([
    ['arn:a', 'arn:a', true],
    ['arn:a', 'arn:b', false],
    ['arn:a', 'arn:ab', false],
    ['arn:ab', 'arn:a', false],
    ['*', 'anything', true],
    ['anything', '*', true],
    ['', '*', true],
    ['a?c', 'abc', true],
    ['abc', 'a?c', true],
    ['a?', 'a', false],
    ['group:jobs:*', 'group:*:stream:*', true],
    ['group:jobs', 'group:*:stream:*', false],
    ['a*b', '*c', false],
    ['a*', '*b', true],
    ['*/*', 'bucket', false],
    ['a*c*e', 'abcde', true],
    ['a**', 'a', true],
  ])('%s and %s: %s', (one, other, expected) => {
    expect(overlaps(one, other)).toBe(expected);
    expect(overlaps(other, one)).toBe(expected);
  });
});

describe('ARNs overlap', () => {
  it.each([
    ['arn:*:sqs:*:*:*', 'arn:aws:sqs:eu-west-1:123456789012:jobs', true],
    ['arn:*:sqs:*:*:*', 'arn:aws:sns:eu-west-1:123456789012:sqs:a:b:c', false],
    ['arn:*:logs:*:*:log-group:*', 'arn:aws:logs:eu-west-1:123456789012:log-group:jobs:*', true],
    ['arn:*:sqs:*:*:*', '*', true],
    ['arn:*:sqs:*:*:*', 'arn:*', true],
    ['arn:*:sqs:*:*:*', 'jobs', false],
  ])('%s and %s: %s', (one, other, expected) => {
    expect(arnsOverlap(one, other)).toBe(expected);
    expect(arnsOverlap(other, one)).toBe(expected);
  });
});
