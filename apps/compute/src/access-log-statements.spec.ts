import { accessLogStatements } from './access-log-statements';

describe('access log bucket policy', () => {
  const [deliver, tlsOnly] = accessLogStatements({ bucketArn: 'arn:aws:s3:::logs', account: '123456789012' });

  it('lets load balancers write, below the folder of this account only', () => {
    expect(deliver).toEqual({
      Sid: 'DeliverLogs',
      Effect: 'Allow',
      Principal: { Service: 'logdelivery.elasticloadbalancing.amazonaws.com' },
      Action: ['s3:PutObject'],
      Resource: ['arn:aws:s3:::logs/AWSLogs/123456789012/*'],
    });
  });

  it('refuses everything without TLS', () => {
    expect(tlsOnly).toEqual({
      Sid: 'TlsOnly',
      Effect: 'Deny',
      Principal: '*',
      Action: ['s3:*'],
      Resource: ['arn:aws:s3:::logs', 'arn:aws:s3:::logs/*'],
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    });
  });
});
