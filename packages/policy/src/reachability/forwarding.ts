import { deploymentGroupOf, targetGroupPair } from '../aws/blue-green';
import type { Model } from '../model/model';
import type { Resource } from '../model/subject';
import { blocks, valuesNamed } from '../model/value';

export function listenersOf(loadBalancer: Resource, model: Model): readonly Resource[] {
  return model
    .all('aws_lb_listener', 'aws_alb_listener')
    .filter((listener) => model.behind(listener, 'load_balancer_arn').includes(loadBalancer));
}

/** Whether a listener of the load balancer, or one of its rules, sends requests to the service, now or after a release. */
export function forwards(loadBalancer: Resource, service: Resource, model: Model): boolean {
  const listeners = listenersOf(loadBalancer, model);
  const rules = model
    .all('aws_lb_listener_rule')
    .filter((one) => model.behind(one, 'listener_arn').some((listener) => listeners.includes(listener)));
  const served = new Set([...listeners, ...rules].flatMap((one) => targetGroupsIn(one, model)));
  const deployment = deploymentGroupOf(service, model);
  const own = [...targetGroupsIn(service, model), ...(deployment ? targetGroupPair(deployment, model) : [])];
  return own.some((group) => served.has(group));
}

/** The ports on which load balancers reach the tasks of a service: that of the container and, while it changes, the previous one. */
export function taskPorts(service: Resource, { environment }: Model): readonly number[] {
  const own = blocks(service.attributes['load_balancer']).map((block) => Number(block['container_port']));
  const previous = environment?.container.previousPort;
  return previous === undefined ? own : [...own, previous];
}

function targetGroupsIn({ attributes, stack }: Resource, model: Model): readonly Resource[] {
  return model
    .targets(valuesNamed(attributes, ['target_group_arn', 'arn']), stack)
    .map(({ resource }) => resource)
    .filter(({ type }) => type === 'aws_lb_target_group');
}
