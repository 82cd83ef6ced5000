import { environmentWith } from '../environment.fixture';
import { findingsIn, modelWith } from '../model.fixture';
import type { Attributes } from '../model/value';
import { loadBalancerTls } from './load-balancer-tls';

const certificateArn = 'arn:aws:acm:us-east-1:123456789012:certificate/1';
const load_balancer_arn = '${aws_lb.LoadBalancer.arn}';
const production = {
  load_balancer_arn,
  port: 443,
  protocol: 'HTTPS',
  certificate_arn: certificateArn,
  ssl_policy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
  default_action: [{ type: 'forward' }],
};
const redirect = {
  load_balancer_arn,
  port: 80,
  protocol: 'HTTP',
  default_action: [{ type: 'redirect', redirect: { protocol: 'HTTPS' } }],
};

function checked(listeners: Readonly<Record<string, Attributes>>, protocol?: 'HTTP' | 'HTTPS') {
  const environment = () =>
    environmentWith({
      loadBalancer: { listener: protocol === 'HTTP' ? { protocol } : { protocol: 'HTTPS', certificateArn } },
    });
  const resources = {
    aws_lb: { LoadBalancer: {} },
    aws_lb_listener: listeners,
    aws_lb_target_group: { Blue: { note: load_balancer_arn } },
  };
  return findingsIn(loadBalancerTls, modelWith(resources, {}, protocol && environment()));
}

describe('load-balancer-tls (R6.4)', () => {
  it('refuses to forward without TLS', () => {
    const plain = { ...redirect, default_action: { type: 'forward' } };
    expect(checked({ Production: production, Plain: plain })).toEqual([
      'aws_lb_listener.Plain: forward over HTTP - redirect to HTTPS, or give the listener the certificate',
    ]);
  });

  it('refuses a configured certificate without a listener', () => {
    expect(checked({}, 'HTTPS')).toEqual([
      'aws_lb.LoadBalancer: no listener with HTTPS - add one with the certificate',
      'aws_lb.LoadBalancer: no listener on port 80 - add one that redirects to HTTPS',
    ]);
    const unused = { ...production, certificate_arn: null };
    expect(checked({ Production: unused, Redirect: redirect }, 'HTTPS')).toEqual([
      'aws_lb_listener.Production: certificate_arn none - set it to the certificate',
    ]);
  });

  it.each([null, 'ELBSecurityPolicy-2016-08', 'ELBSecurityPolicy-TLS13-1-0-2021-06'])(
    'refuses the policy %s',
    (ssl_policy) => {
      expect(checked({ Production: { ...production, ssl_policy }, Redirect: redirect })).toEqual([
        `aws_lb_listener.Production: ssl_policy ${ssl_policy ?? 'none'} - use a policy of TLS 1.2 or later, such as ELBSecurityPolicy-TLS13-1-2-2021-06`,
      ]);
    },
  );

  it('accepts TLS with a redirect', () => {
    expect(checked({ Production: production, Redirect: redirect }, 'HTTPS')).toEqual([]);
    expect(checked({ Production: production, Redirect: redirect })).toEqual([]);
  });

  it('does not apply to load balancers without a certificate', () => {
    const plain = { ...redirect, default_action: { type: 'forward' } };
    expect(checked({ Plain: plain })).toBe('not applicable');
    expect(checked({ Plain: plain }, 'HTTP')).toBe('not applicable');
  });
});
