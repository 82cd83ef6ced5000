import type { Model, Resource } from '../model/model';
import { at, blocks, isUnknown, shown } from '../model/value';
import { type Finding, rule, unknownUntilApply } from '../rule';

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html */
const TLS_1_2 = /^ELBSecurityPolicy-(?:TLS13-1-[23]|FS-1-2|TLS-1-2)-/;

const HTTP_PORT = 80;
const HTTPS = 'HTTPS';

export const loadBalancerTls = rule({
  id: 'load-balancer-tls',
  severity: 'error',
  what: 'a load balancer with a certificate forwards only TLS 1.2 or later, and redirects HTTP',
  why: 'A certificate does not protect clients that a listener serves over HTTP or with an outdated TLS version.',
  sources: [
    'R6.4',
    'CKV_AWS_103',
    'CKV2_AWS_20',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-1',
  ],
  appliesTo: (model) => model.all('aws_lb').filter((balancer) => isCertified(balancer, model)),
  check(balancer, model) {
    const listeners = listenersOf(balancer, model);
    return [
      ...listeners.flatMap((listener) => (isSecure(listener) ? tlsOf(listener) : plainOf(listener, model))),
      ...(listeners.some(isSecure) ? [] : [{ got: 'no listener with HTTPS', fix: 'add one with the certificate' }]),
      ...(listeners.some(({ attributes: { port } }) => port === HTTP_PORT)
        ? []
        : [{ got: `no listener on port ${HTTP_PORT}`, fix: 'add one that redirects to HTTPS' }]),
    ];
  },
});

/** By the environment file; without one, by its listeners. */
function isCertified(balancer: Resource, model: Model): boolean {
  const configured = model.environment?.loadBalancer.listener.protocol;
  if (configured) return configured === HTTPS;
  return listenersOf(balancer, model).some(({ attributes }) => at(attributes, 'certificate_arn') !== undefined);
}

function listenersOf(balancer: Resource, model: Model): readonly Resource[] {
  return model
    .uses(balancer)
    .filter(({ user, attribute }) => user.type === 'aws_lb_listener' && attribute === 'load_balancer_arn')
    .map(({ user }) => user);
}

function isSecure({ attributes }: Resource): boolean {
  return attributes['protocol'] === HTTPS;
}

function tlsOf(listener: Resource): Finding[] {
  const { certificate_arn: certificate, ssl_policy: policy } = listener.attributes;
  return [
    ...(isUnknown(policy)
      ? unknownUntilApply('ssl_policy').map((one) => ({ ...one, subject: listener }))
      : TLS_1_2.test(shown(policy))
        ? []
        : [
            {
              subject: listener,
              got: `ssl_policy ${shown(policy)}`,
              fix: 'use a policy of TLS 1.2 or later, such as ELBSecurityPolicy-TLS13-1-2-2021-06',
            },
          ]),
    ...(certificate ? [] : [{ subject: listener, got: 'certificate_arn none', fix: 'set it to the certificate' }]),
  ];
}

/** The actions of an HTTP listener and its rules. A fixed response contains nothing to protect. */
function plainOf(listener: Resource, model: Model): Finding[] {
  const rules = model.all('aws_lb_listener_rule').filter((one) => model.behind(one, 'listener_arn').includes(listener));
  const actions = [
    ...blocks(listener.attributes['default_action']).map((action) => ({ subject: listener, action })),
    ...rules.flatMap((subject) => blocks(subject.attributes['action']).map((action) => ({ subject, action }))),
  ];
  return actions
    .filter(({ action }) => action['type'] !== 'fixed-response' && at(action, 'redirect.protocol') !== HTTPS)
    .map(({ subject, action }) => ({
      subject,
      got: `${shown(action['type'])} over ${shown(listener.attributes['protocol'])}`,
      fix: 'redirect to HTTPS, or give the listener the certificate',
    }));
}
