import { addressOf } from './address-of.fixture';
import { synthCompute } from './compute-stack.fixture';

const stack = synthCompute({ loadBalancer: { idleTimeoutSeconds: 120, deregistrationDelaySeconds: 120 } });
const balancer = stack.resource('aws_lb', 'LoadBalancer/Resource');

describe('load balancer', () => {
  it('R6.1 is in the private subnets where the environment wants an internal one', () => {
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

  it('lets no malformed request through to the tasks', () => {
    expect(balancer).toMatchObject({ drop_invalid_header_fields: true, desync_mitigation_mode: 'defensive' });
  });

  it('writes access logs, to a bucket that admits it before it is created', () => {
    expect(balancer).toMatchObject({
      access_logs: { enabled: true, bucket: stack.reference('aws_s3_bucket', 'AccessLogs/Resource', 'id') },
      depends_on: [addressOf(stack, 'aws_s3_bucket_policy', 'AccessLogs/Policy')],
    });
  });

  it('R0.10 is not protected against deletion', () => {
    expect(balancer['enable_deletion_protection']).toBe(false);
  });
});
