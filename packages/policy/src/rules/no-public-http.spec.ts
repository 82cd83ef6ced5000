import { type EnvironmentText, environmentWith } from '../environment.fixture';
import { findingsIn, modelWith } from '../model.fixture';
import { noPublicHttp } from './no-public-http';

const delivered = { account: { id: '123456789012' }, delivery: { order: 1 } };
const listener = (port: number, protocol = 'HTTP', type = 'forward') => ({
  load_balancer_arn: '${aws_lb.L.arn}',
  port,
  protocol,
  default_action: [{ type }],
});

function checked(changes: EnvironmentText = {}, production = listener(80), internal = false) {
  const resources = { aws_lb: { L: { internal } }, aws_lb_listener: { Production: production, Test: listener(8443) } };
  return findingsIn(noPublicHttp, modelWith(resources, {}, environmentWith({ ...delivered, ...changes })));
}

const refused = (name: string) =>
  `aws_lb_listener.${name}: HTTP from 0.0.0.0/0 - set loadBalancer.listener to HTTPS with a certificate, limit loadBalancer.allowedCidrs, or add a waiver with the reason`;

describe('no-public-http (R6.4)', () => {
  it('refuses plain HTTP for the whole internet in an environment with delivery', () => {
    expect(checked()).toEqual([refused('Production')]);
    expect(checked({ loadBalancer: { testListener: { allowedCidrs: ['0.0.0.0/0'] } } })).toEqual([
      refused('Production'),
      refused('Test'),
    ]);
  });

  it('accepts named networks, TLS and a redirect', () => {
    expect(checked({ loadBalancer: { allowedCidrs: ['198.51.100.0/24'] } })).toEqual([]);
    expect(checked({}, listener(443, 'HTTPS'))).toEqual([]);
    expect(checked({}, listener(80, 'HTTP', 'redirect'))).toEqual([]);
  });

  it('does not apply to internal load balancers and to environments without delivery', () => {
    expect(checked({}, listener(80), true)).toBe('not applicable');
    expect(checked({ delivery: undefined })).toBe('not applicable');
    expect(findingsIn(noPublicHttp, modelWith({ aws_lb: { L: {} } }))).toBe('not applicable');
  });
});
