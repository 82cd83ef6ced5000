import type { Statement } from '@nightshift/stack';

export interface AccessLogInput {
  readonly bucketArn: string;
  readonly account: string;
}

/**
 * Who may write the bucket of access logs: the log delivery of load balancers in every region, below this account's folder. No
 * condition on the source: AWS documents none for this principal.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html#attach-bucket-policy
 */
export function accessLogStatements({ bucketArn, account }: AccessLogInput): Statement[] {
  return [
    {
      Sid: 'DeliverLogs',
      Effect: 'Allow',
      Principal: { Service: 'logdelivery.elasticloadbalancing.amazonaws.com' },
      Action: ['s3:PutObject'],
      Resource: [`${bucketArn}/AWSLogs/${account}/*`],
    },
    {
      Sid: 'TlsOnly',
      Effect: 'Deny',
      Principal: '*',
      Action: ['s3:*'],
      Resource: [bucketArn, `${bucketArn}/*`],
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
  ];
}
