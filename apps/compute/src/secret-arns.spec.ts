import { secretArns } from './secret-arns';

describe('secret ARNs', () => {
  it('refer to parameters in this account and region', () => {
    const place = { partition: 'aws-cn', region: 'cn-north-1', account: '123456789012' };
    expect(secretArns({ DATABASE_PASSWORD: '/risk/database-password' }, place)).toEqual({
      DATABASE_PASSWORD: 'arn:aws-cn:ssm:cn-north-1:123456789012:parameter/risk/database-password',
    });
  });
});
