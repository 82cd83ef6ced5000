import type { Model, Resource } from '../model/model';
import { at, blocks } from '../model/value';

/** https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-groups-create-load-balancer-for-ecs.html */
const PAIR = 'load_balancer_info.target_group_pair_info';

/** The deployment groups for ECS services. */
export function ecsDeploymentGroups(model: Model): readonly Resource[] {
  return model
    .all('aws_codedeploy_deployment_group')
    .filter(({ attributes }) => blocks(attributes['ecs_service']).length > 0);
}

/** The deployment group of a service. */
export function deploymentGroupOf(service: Resource, model: Model): Resource | undefined {
  return ecsDeploymentGroups(model).find(({ attributes, stack }) => {
    const name = at(attributes, 'ecs_service.service_name');
    return model.meant('aws_ecs_service', name, stack) === service;
  });
}

/** The two target groups of a deployment group. */
export function targetGroupPair({ attributes, stack }: Resource, model: Model): readonly Resource[] {
  const named = blocks(at(attributes, `${PAIR}.target_group`));
  return named.flatMap(({ name }) => model.meant('aws_lb_target_group', name, stack) ?? []);
}

/** The listeners of a deployment group. */
export function shiftedListeners(group: Resource, model: Model): readonly Resource[] {
  return ['prod_traffic_route', 'test_traffic_route'].flatMap((route) =>
    model.behind(group, `${PAIR}.${route}.listener_arns`, 'aws_lb_listener'),
  );
}
