import { policyDocument } from './statement';

describe('policy document', () => {
  it('is valid JSON for IAM', () => {
    const text = policyDocument([
      { Sid: 'Read', Effect: 'Allow', Action: ['s3:GetObject'], Resource: ['arn:aws:s3:::a/*'] },
    ]);
    expect(JSON.parse(text)).toEqual({
      Version: '2012-10-17',
      Statement: [{ Sid: 'Read', Effect: 'Allow', Action: ['s3:GetObject'], Resource: ['arn:aws:s3:::a/*'] }],
    });
  });
});
