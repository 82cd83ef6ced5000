import type { Environment } from '@nightshift/config';
import type { Model, Resource } from '../model/model';
import { blocks } from '../model/value';
import { listenersOf } from '../reachability/members';
import { isAnywhere } from '../reachability/ranges';
import { rule } from '../rule';

export const noPublicHttp = rule({
  id: 'no-public-http',
  severity: 'error',
  what: 'an environment that the pipeline delivers does not serve the whole internet over plain HTTP',
  why: 'Positions and results are confidential. Plain HTTP lets anybody between client and load balancer read and change them.',
  sources: [
    'R6.4',
    'CKV_AWS_2',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/create-https-listener.html',
  ],
  appliesTo: (model) =>
    model.environment?.delivery ? model.all('aws_lb').filter(({ attributes }) => attributes['internal'] !== true) : [],
  check: (balancer, model) =>
    listenersOf(balancer, model)
      .filter((listener) => servesPlainly(listener) && networksFor(listener, model).some(isAnywhere))
      .map((subject) => ({
        subject,
        got: 'HTTP from 0.0.0.0/0',
        fix: 'set loadBalancer.listener to HTTPS with a certificate, limit loadBalancer.allowedCidrs, or add a waiver with the reason',
      })),
});

function servesPlainly({ attributes }: Resource): boolean {
  return (
    attributes['protocol'] === 'HTTP' && blocks(attributes['default_action']).some(({ type }) => type === 'forward')
  );
}

/** The allowed networks of a listener in the environment file. */
function networksFor({ attributes }: Resource, { environment }: Model): readonly string[] {
  const { testListener, allowedCidrs } = (environment as Environment).loadBalancer;
  return attributes['port'] === testListener.port ? testListener.allowedCidrs : allowedCidrs;
}
