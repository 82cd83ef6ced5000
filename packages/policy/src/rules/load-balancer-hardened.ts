import { attributeIs } from '../attribute-is';
import { isPublicSubnet } from '../aws/is-public-subnet';
import type { Model } from '../model/model';
import type { Resource } from '../model/subject';
import { at, shown } from '../model/value';
import { rule, type Finding } from '../rule';

const ZONES = 3;
const DESYNC = ['defensive', 'strictest'];

export const loadBalancerHardened = rule({
  id: 'load-balancer-hardened',
  severity: 'error',
  what: 'the load balancer refuses malformed requests, keeps access logs and is in three public zones',
  why: 'Malformed requests are how others get past it, logs are how one learns of it, and zones fail one at a time.',
  sources: [
    'R6.1',
    'CKV_AWS_131',
    'CKV_AWS_328',
    'CKV_AWS_91',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#load-balancer-attributes',
  ],
  appliesTo: (model) =>
    model
      .all('aws_lb')
      .filter(({ attributes: { load_balancer_type: type } }) => (type ?? 'application') === 'application'),
  check(balancer, model) {
    const { attributes } = balancer;
    return [
      ...attributeIs(attributes, 'drop_invalid_header_fields', true),
      ...desyncOf(balancer),
      ...attributeIs(attributes, 'access_logs.enabled', true),
      ...(at(attributes, 'access_logs.bucket') ? [] : [{ got: 'access_logs.bucket none', fix: 'name a bucket' }]),
      ...subnetsOf(balancer, model),
    ];
  },
});

function desyncOf({ attributes }: Resource): Finding[] {
  const mode = shown(attributes['desync_mitigation_mode'] ?? 'defensive');
  return DESYNC.includes(mode)
    ? []
    : [{ got: `desync_mitigation_mode ${mode}`, fix: `set it to ${DESYNC.join(' or ')}` }];
}

function subnetsOf(balancer: Resource, model: Model): Finding[] {
  const subnets = model.behind(balancer, 'subnets', 'aws_subnet');
  const zones = new Set(
    subnets.map(({ attributes, stack }) => shown(model.literal(attributes['availability_zone'], stack))),
  ).size;
  const hidden = balancer.attributes['internal'] === true ? [] : subnets.filter((one) => !isPublicSubnet(one, model));
  return [
    ...(zones < ZONES ? [{ got: `subnets in ${zones} zones`, fix: `put it into subnets of ${ZONES} zones` }] : []),
    ...hidden.map(({ address }) => ({
      got: `${address}, which has no route from the internet`,
      fix: 'put it into public subnets',
    })),
  ];
}
