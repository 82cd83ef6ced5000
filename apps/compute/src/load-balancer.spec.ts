import { addressOf } from './address-of.fixture';
import { synthCompute } from './compute-stack.fixture';

const stack = synthCompute({
  bucketQualifier: 'acme',
  loadBalancer: { idleTimeoutSeconds: 120, deregistrationDelaySeconds: 120, accessLogRetentionDays: 90 },
});
const balancer = stack.resource('aws_lb', 'LoadBalancer/Resource');

describe('load balancer', () => {
  it('R6.1 is in the private subnets if its scheme is internal', () => {
    expect(
      synthCompute({ loadBalancer: { scheme: 'internal' } }).resource('aws_lb', 'LoadBalancer/Resource'),
    ).toMatchObject({
      internal: true,
      subnets: ['subnet-private-0', 'subnet-private-1', 'subnet-private-2'],
    });
  });

  it('R6.1 is an application load balancer in the three public subnets', () => {
    expect(balancer).toMatchObject({
      name: 'alb-test',
      load_balancer_type: 'application',
      internal: false,
      subnets: ['subnet-public-0', 'subnet-public-1', 'subnet-public-2'],
      security_groups: ['sg-load-balancer'],
      idle_timeout: 120,
    });
  });

  it('drops invalid header fields', () => {
    expect(balancer).toMatchObject({ drop_invalid_header_fields: true, desync_mitigation_mode: 'defensive' });
  });

  it('writes access logs to a bucket whose policy exists before', () => {
    expect(balancer).toMatchObject({
      access_logs: { enabled: true, bucket: stack.reference('aws_s3_bucket', 'AccessLogs/Resource', 'id') },
      depends_on: [addressOf(stack, 'aws_s3_bucket_policy', 'AccessLogs/Policy')],
    });
  });

  it('R8.2 writes access logs to a bucket with SSE-S3, the only encryption that load balancers support', () => {
    const arn = stack.reference('aws_s3_bucket', 'AccessLogs/Resource', 'arn');
    expect(stack.resource('aws_s3_bucket', 'AccessLogs/Resource')['bucket']).toBe('s3-alblogs-acme-test');
    expect(stack.parsed('aws_s3_bucket_policy', 'AccessLogs/Policy', 'policy')).toMatchObject({
      Statement: [
        {
          Sid: 'DeliverLogs',
          Effect: 'Allow',
          Principal: { Service: 'logdelivery.elasticloadbalancing.amazonaws.com' },
          Action: ['s3:PutObject'],
          Resource: [`${arn}/AWSLogs/\${data.aws_caller_identity.Account.account_id}/*`],
        },
        { Sid: 'TlsOnly' },
      ],
    });
    expect(stack.resource('aws_s3_bucket_server_side_encryption_configuration', 'AccessLogs/Encryption')).toMatchObject(
      { rule: [{ apply_server_side_encryption_by_default: { sse_algorithm: 'AES256' } }] },
    );
    expect(stack.resource('aws_s3_bucket_lifecycle_configuration', 'AccessLogs/Lifecycle')).toMatchObject({
      rule: [{ expiration: [{ days: 90 }] }],
    });
  });

  it('R0.10 has no deletion protection', () => {
    expect(balancer['enable_deletion_protection']).toBe(false);
  });
});
