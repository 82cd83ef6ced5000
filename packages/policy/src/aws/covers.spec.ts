import { covers } from './covers';

describe('a pattern of IAM', () => {
  it('means any text by *, any character by ?, and either case', () => {
    expect(covers('kms:GenerateDataKey*', 'kms:generateDataKeyWithoutPlaintext')).toBe(true);
    expect(covers('s3:Get?bject', 's3:GetObject')).toBe(true);
    expect(covers('*', 'iam:PassRole')).toBe(true);
  });

  it('means every other character as it is, tokens too', () => {
    expect(covers('a.c', 'abc')).toBe(false);
    expect(covers('s3:Get', 's3:GetObject')).toBe(false);
    expect(covers('${data.aws_region.R.name}:*', '${data.aws_region.R.name}:x')).toBe(true);
  });
});
