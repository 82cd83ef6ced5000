import { deploymentGroupOf, shiftedListeners, targetGroupPair } from '../aws/blue-green';
import type { Model, Resource } from '../model/model';
import { at, texts } from '../model/value';
import { attributeIs, type Finding, rule } from '../rule';

/** Attributes that a release or auto-scaling changes, or that `UpdateService` cannot change. */
const OWNED_BY_OTHERS = [
  'task_definition',
  'load_balancer',
  'desired_count',
  'capacity_provider_strategy',
  'network_configuration',
  'platform_version',
];

export const blueGreenIgnoreChanges = rule({
  id: 'blue-green-ignore-changes',
  severity: 'error',
  what: 'Terraform ignores the attributes of a service that CodeDeploy and auto-scaling own',
  why: 'Otherwise the next deployment returns the service or its traffic to a previous version, or AWS rejects it during the apply.',
  sources: [
    'R10.1',
    'R10.5',
    'R0.10',
    'https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html',
    'https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentCircuitBreaker.html',
  ],
  appliesTo: (model) =>
    model
      .all('aws_ecs_service')
      .filter(
        (service) =>
          at(service.attributes, 'deployment_controller.type') === 'CODE_DEPLOY' || deploymentGroupOf(service, model),
      ),
  check(service, model) {
    const group = deploymentGroupOf(service, model);
    const own = [
      ...attributeIs(service.attributes, 'deployment_controller.type', 'CODE_DEPLOY'),
      ...leaves(service, OWNED_BY_OTHERS, model),
      ...rollingOptions(service),
    ];
    if (!group)
      return [...own, { got: 'no deployment group', fix: 'add one: only CodeDeploy can release this service' }];
    const pair = targetGroupPair(group, model);
    return [
      ...own,
      ...shiftedListeners(group, model).flatMap((listener) => [
        ...leaves(listener, ['default_action'], model),
        ...forwardsToBoth(listener, pair, model),
      ]),
      ...outlivedBy(service, pair, model),
    ];
  },
});

function leaves(resource: Resource, attributes: readonly string[], { source }: Model): Finding[] {
  const ignored = texts(at(resource.attributes, 'lifecycle.ignore_changes'));
  if (ignored.includes('all')) return [];
  if (source === 'plan') return [{ subject: resource, unknown: 'lifecycle.ignore_changes is not part of a plan' }];
  const missing = attributes.filter((attribute) => !ignored.includes(attribute));
  if (missing.length === 0) return [];
  const got = `lifecycle.ignore_changes without ${missing.join(', ')}`;
  return [{ subject: resource, got, fix: 'add what is missing' }];
}

/** Attributes for rolling updates: with CODE_DEPLOY, ECS refuses them, or a wait never ends. */
function rollingOptions({ attributes }: Resource): Finding[] {
  return [
    'deployment_circuit_breaker.enable',
    'alarms.enable',
    'force_new_deployment',
    'wait_for_steady_state',
  ].flatMap((path) => attributeIs(attributes, path, false, false));
}

/** After a release, a listener forwards to the other target group, which AWS cannot delete before the listener. */
function forwardsToBoth(listener: Resource, pair: readonly Resource[], model: Model): Finding[] {
  return pair
    .filter((group) => !needs(listener, group, model))
    .map(({ address }) => ({
      subject: listener,
      got: `no depends_on for ${address}`,
      fix: 'add depends_on from the listener to both target groups, so that Terraform deletes it before them',
    }));
}

function outlivedBy(service: Resource, pair: readonly Resource[], model: Model): Finding[] {
  const before = [service, ...model.dependencies(service)];
  return pair
    .filter((group) => !before.some((one) => needs(one, group, model)))
    .map(({ address }) => ({
      got: `no dependency that keeps ${address} until the service is deleted`,
      fix: 'add depends_on from the service to the listeners, and from the listeners to both target groups',
    }));
}

function needs(resource: Resource, other: Resource, model: Model): boolean {
  return model.dependencies(resource).includes(other) || model.uses(other).some(({ user }) => user === resource);
}
