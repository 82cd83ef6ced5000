import { addressOf } from './address-of.fixture';
import { synthCompute } from './compute-stack.fixture';

const certificateArn = 'arn:aws:acm:us-east-1:123456789012:certificate/1';
const plain = synthCompute();
const secure = synthCompute({ loadBalancer: { listener: { protocol: 'HTTPS', certificateArn } } });
const listener = (name: string, stack = plain) => stack.resource('aws_lb_listener', `Listeners/${name}`);

describe('listeners', () => {
  it('R6.1 send production traffic to blue at first', () => {
    expect(listener('Production')).toMatchObject({
      load_balancer_arn: plain.reference('aws_lb', 'LoadBalancer/Resource', 'arn'),
      port: 80,
      protocol: 'HTTP',
      default_action: [
        { type: 'forward', target_group_arn: plain.reference('aws_lb_target_group', 'TargetGroups/Blue', 'arn') },
      ],
      tags: { Name: 'listener-production-test' },
    });
    expect(Object.keys(plain.resources('aws_lb_listener'))).toHaveLength(2);
  });

  it('R10.1 send test traffic to green at first, on a port of its own', () => {
    const changed = synthCompute({ loadBalancer: { testListener: { port: 9443 } } });
    expect(listener('Test')).toMatchObject({
      port: 8443,
      protocol: 'HTTP',
      default_action: [
        { type: 'forward', target_group_arn: plain.reference('aws_lb_target_group', 'TargetGroups/Green', 'arn') },
      ],
      tags: { Name: 'listener-test-test' },
    });
    expect(listener('Test', changed)['port']).toBe(9443);
  });

  it.each(['Production', 'Test'])('R10.1 ignore changes by CodeDeploy of the default action: %s', (name) => {
    [plain, secure].forEach((stack) => {
      expect(listener(name, stack)['lifecycle']).toEqual({ ignore_changes: ['default_action'] });
    });
  });

  it.each([
    ['Production', 'Green'],
    ['Test', 'Blue'],
  ])('R0.10 %s is deleted before the target group that it can forward to after a release: %s', (name, other) => {
    expect(listener(name)['depends_on']).toEqual([addressOf(plain, 'aws_lb_target_group', `TargetGroups/${other}`)]);
  });

  it.each([
    ['Production', 443],
    ['Test', 8443],
  ])('R6.4 use TLS with a certificate: %s', (name, port) => {
    expect(listener(name, secure)).toMatchObject({
      port,
      protocol: 'HTTPS',
      certificate_arn: certificateArn,
      ssl_policy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
    });
  });

  it('R6.4 redirect HTTP with a certificate, after the production listener has moved to port 443', () => {
    expect(listener('Redirect', secure)).toMatchObject({
      load_balancer_arn: secure.reference('aws_lb', 'LoadBalancer/Resource', 'arn'),
      port: 80,
      protocol: 'HTTP',
      default_action: [{ type: 'redirect', redirect: { protocol: 'HTTPS', port: '443', status_code: 'HTTP_301' } }],
      tags: { Name: 'listener-redirect-test' },
      depends_on: [addressOf(secure, 'aws_lb_listener', 'Listeners/Production')],
    });
  });
});
