import { modelWith } from '../model.fixture';
import { deploymentGroupOf, ecsDeploymentGroups, shiftedListeners, targetGroupPair } from './blue-green';

const model = modelWith({
  aws_codedeploy_deployment_group: {
    Servers: {},
    Other: { ecs_service: { service_name: 'unknown' } },
    Group: {
      ecs_service: { service_name: '${aws_ecs_service.Service.name}' },
      load_balancer_info: [
        {
          target_group_pair_info: [
            {
              prod_traffic_route: { listener_arns: ['${aws_lb_listener.Production.arn}'] },
              test_traffic_route: { listener_arns: ['${aws_lb_listener.Test.arn}'] },
              target_group: [{ name: '${aws_lb_target_group.Blue.name}' }, { name: 'green' }, { name: 'red' }],
            },
          ],
        },
      ],
    },
  },
  aws_ecs_service: { Service: { name: 'service' }, Alone: { name: 'alone' } },
  aws_lb_listener: { Production: {}, Test: {} },
  aws_lb_target_group: { Blue: { name: 'blue' }, Green: { name: 'green' } },
});
const [other, group] = ecsDeploymentGroups(model);
const addresses = (resources: readonly { address: string }[]) => resources.map(({ address }) => address);

describe('the resources of a blue/green deployment', () => {
  it('exclude deployment groups for servers', () => {
    expect(addresses(ecsDeploymentGroups(model))).toEqual([
      'aws_codedeploy_deployment_group.Other',
      'aws_codedeploy_deployment_group.Group',
    ]);
  });

  it('include the deployment group of a service', () => {
    const [service, alone] = model.all('aws_ecs_service');
    expect(service && deploymentGroupOf(service, model)).toBe(group);
    expect(alone && deploymentGroupOf(alone, model)).toBeUndefined();
  });

  it('include both target groups, by reference or by name', () => {
    const pair = ['aws_lb_target_group.Blue', 'aws_lb_target_group.Green'];
    expect(group && addresses(targetGroupPair(group, model))).toEqual(pair);
    expect(other && targetGroupPair(other, model)).toEqual([]);
  });

  it('include the production and the test listener', () => {
    const listeners = ['aws_lb_listener.Production', 'aws_lb_listener.Test'];
    expect(group && addresses(shiftedListeners(group, model))).toEqual(listeners);
  });
});
