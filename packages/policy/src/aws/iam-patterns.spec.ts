import { arnsOverlap, covers, overlaps } from './iam-patterns';

describe('an IAM pattern', () => {
  it('matches any text with *, any character with ?, and ignores case', () => {
    expect(covers('kms:GenerateDataKey*', 'kms:generateDataKeyWithoutPlaintext')).toBe(true);
    expect(covers('s3:Get?bject', 's3:GetObject')).toBe(true);
    expect(covers('*', 'iam:PassRole')).toBe(true);
  });

  it('matches every other character literally, tokens too', () => {
    expect(covers('a.c', 'abc')).toBe(false);
    expect(covers('s3:Get', 's3:GetObject')).toBe(false);
    expect(covers('${data.aws_region.R.name}:*', '${data.aws_region.R.name}:x')).toBe(true);
  });
});

describe('overlapping patterns', () => {
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

describe('overlapping ARNs', () => {
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
