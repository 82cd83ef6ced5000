import { digestOf } from '../testing/fake-ecs';
import { FakePlatform } from '../testing/fake-platform';
import { appSpec } from './app-spec';

describe('appSpec', () => {
  it('contains all settings of the new tasks, so that the service loses none (R5.2, R10.1)', () => {
    const { target } = new FakePlatform().context;
    const text = appSpec({
      target,
      taskDefinition: digestOf('a'),
      containerPort: 9090,
      strategy: [
        { capacityProvider: 'FARGATE_SPOT', weight: 70, base: 0 },
        { capacityProvider: 'FARGATE', weight: 30, base: 1 },
      ],
      network: { subnets: ['subnet-1', 'subnet-2'], securityGroups: ['sg-1'] },
    });
    expect(text.startsWith('{"version":0.0,')).toBe(true);
    expect(JSON.parse(text)).toEqual({
      version: 0,
      Resources: [
        {
          TargetService: {
            Type: 'AWS::ECS::Service',
            Properties: {
              TaskDefinition: digestOf('a'),
              LoadBalancerInfo: { ContainerName: 'batch-processor', ContainerPort: 9090 },
              PlatformVersion: '1.4.0',
              CapacityProviderStrategy: [
                { CapacityProvider: 'FARGATE_SPOT', Base: 0, Weight: 70 },
                { CapacityProvider: 'FARGATE', Base: 1, Weight: 30 },
              ],
              NetworkConfiguration: {
                AwsvpcConfiguration: {
                  Subnets: ['subnet-1', 'subnet-2'],
                  SecurityGroups: ['sg-1'],
                  AssignPublicIp: 'DISABLED',
                },
              },
            },
          },
        },
      ],
    });
  });
});
