import { findingsIn, modelWith } from '../model.fixture';
import { Model } from '../model/model';
import type { Attributes } from '../model/value';
import { blueGreenIgnoreChanges } from './blue-green-ignore-changes';

interface Changes {
  readonly service?: Attributes;
  readonly production?: Attributes;
  readonly group?: Attributes;
}

const OWNED = [
  'task_definition',
  'load_balancer',
  'desired_count',
  'capacity_provider_strategy',
  'network_configuration',
  'platform_version',
];

const listener = (to: string, other: string) => ({
  default_action: [{ target_group_arn: `\${aws_lb_target_group.${to}.arn}` }],
  depends_on: [`aws_lb_target_group.${other}`],
  lifecycle: { ignore_changes: ['default_action'] },
});

function model({ service, production, group }: Changes = {}) {
  return modelWith({
    aws_ecs_service: {
      Service: {
        name: 'service',
        deployment_controller: { type: 'CODE_DEPLOY' },
        depends_on: ['aws_lb_listener.Production'],
        lifecycle: { ignore_changes: OWNED },
        ...service,
      },
    },
    aws_lb_listener: { Production: { ...listener('Blue', 'Green'), ...production }, Test: listener('Green', 'Blue') },
    aws_lb_target_group: { Blue: { name: 'blue' }, Green: { name: 'green' } },
    aws_codedeploy_deployment_group: {
      Group: {
        ecs_service: { service_name: '${aws_ecs_service.Service.name}' },
        load_balancer_info: {
          target_group_pair_info: {
            prod_traffic_route: { listener_arns: ['${aws_lb_listener.Production.arn}'] },
            test_traffic_route: { listener_arns: ['${aws_lb_listener.Test.arn}'] },
            target_group: [{ name: 'blue' }, { name: 'green' }],
          },
        },
        ...group,
      },
    },
  });
}

const checked = (changes: Changes) => findingsIn(blueGreenIgnoreChanges, model(changes));
const unkept = (group: string) =>
  `aws_ecs_service.Service: no dependency that keeps aws_lb_target_group.${group} until the service is deleted - add depends_on from the service to the listeners, and from the listeners to both target groups`;

describe('blue-green-ignore-changes (R10)', () => {
  it('refuses a service and a listener whose changes Terraform would revert', () => {
    const changes = { service: { lifecycle: { ignore_changes: OWNED.slice(2) } }, production: { lifecycle: {} } };
    expect(checked(changes)).toEqual([
      'aws_ecs_service.Service: lifecycle.ignore_changes without task_definition, load_balancer - add what is missing',
      'aws_lb_listener.Production: lifecycle.ignore_changes without default_action - add what is missing',
    ]);
  });

  it('refuses a service of a deployment group without the CODE_DEPLOY controller', () => {
    expect(checked({ service: { deployment_controller: { type: 'ECS' } } })).toEqual([
      'aws_ecs_service.Service: deployment_controller.type ECS - set it to CODE_DEPLOY',
    ]);
  });

  it('refuses attributes that only rolling updates support', () => {
    const service = {
      deployment_circuit_breaker: { enable: true, rollback: true },
      alarms: { enable: true },
      force_new_deployment: true,
      wait_for_steady_state: true,
    };
    expect(checked({ service })).toEqual([
      'aws_ecs_service.Service: deployment_circuit_breaker.enable true - set it to false',
      'aws_ecs_service.Service: alarms.enable true - set it to false',
      'aws_ecs_service.Service: force_new_deployment true - set it to false',
      'aws_ecs_service.Service: wait_for_steady_state true - set it to false',
    ]);
  });

  it('refuses a service without a deployment group', () => {
    expect(checked({ group: { ecs_service: [] } })).toEqual([
      'aws_ecs_service.Service: no deployment group - add one: only CodeDeploy can release this service',
    ]);
  });

  it('refuses target groups that can be deleted while tasks or a listener use them', () => {
    expect(checked({ production: { depends_on: [] } })).toEqual([
      'aws_lb_listener.Production: no depends_on for aws_lb_target_group.Green - add depends_on from the listener to both target groups, so that Terraform deletes it before them',
      unkept('Green'),
    ]);
    expect(checked({ service: { depends_on: [] } })).toEqual([unkept('Blue'), unkept('Green')]);
  });

  it('accepts ignore_changes for these attributes, or for all', () => {
    expect(checked({})).toEqual([]);
    expect(checked({ service: { lifecycle: { ignore_changes: 'all' }, wait_for_steady_state: false } })).toEqual([]);
  });

  it('does not check ignore_changes in a plan, which does not contain it', () => {
    const { stacks } = model({ service: { lifecycle: {} }, production: { lifecycle: {} } });
    expect(findingsIn(blueGreenIgnoreChanges, new Model({ source: 'plan', stacks }))).toEqual(
      ['aws_ecs_service.Service', 'aws_lb_listener.Production', 'aws_lb_listener.Test'].map(
        (address) => `${address}: not checked: lifecycle.ignore_changes is not part of a plan`,
      ),
    );
  });

  it('does not apply to services with rolling updates', () => {
    const service = { deployment_controller: [{ type: 'ECS' }], wait_for_steady_state: true };
    expect(findingsIn(blueGreenIgnoreChanges, modelWith({ aws_ecs_service: { Service: service } }))).toBe(
      'not applicable',
    );
  });
});
