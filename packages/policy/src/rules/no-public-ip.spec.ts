import { judge, modelWith } from '../model.fixture';
import { noPublicIp } from './no-public-ip';

describe('no-public-ip (R5.3)', () => {
  it('refuses a subnet that maps public addresses, and a service that assigns them', () => {
    const model = modelWith({
      aws_subnet: { Private0: { map_public_ip_on_launch: true } },
      aws_ecs_service: { Service: { network_configuration: { assign_public_ip: true } } },
    });
    expect(judge(noPublicIp, model)).toEqual([
      'aws_subnet.Private0: map_public_ip_on_launch true - set it to false',
      'aws_ecs_service.Service: network_configuration.assign_public_ip true - set it to false',
    ]);
  });

  it('accepts those that say no, and those that say nothing', () => {
    const model = modelWith({
      aws_subnet: { Private0: { map_public_ip_on_launch: false }, Private1: {} },
      aws_ecs_service: { Service: { network_configuration: [{ assign_public_ip: false }] } },
    });
    expect(judge(noPublicIp, model)).toEqual([]);
  });

  it('is not about anything else', () => {
    expect(judge(noPublicIp, modelWith({ aws_vpc: { Vpc: {} } }))).toBe('not applicable');
  });
});
