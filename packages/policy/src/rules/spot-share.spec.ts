import { environmentWith } from '../environment.fixture';
import { judge, modelWith } from '../model.fixture';
import type { Attributes } from '../model/value';
import { spotShare } from './spot-share';

const share = (capacity_provider: string, weight: number, base?: number) => ({
  capacity_provider,
  weight,
  ...(base !== undefined && { base }),
});
const required = [share('FARGATE_SPOT', 70), share('FARGATE', 30, 0)];

function judged(service: Attributes, environment?: ReturnType<typeof environmentWith>) {
  return judge(spotShare, modelWith({ aws_ecs_service: { Service: service } }, {}, environment));
}

describe('spot-share (R5.2)', () => {
  it('refuses a launch type, with or without a strategy', () => {
    const launch = 'aws_ecs_service.Service: launch_type FARGATE - remove it: it takes the place of the strategy';
    expect(judged({ launch_type: 'FARGATE', capacity_provider_strategy: required })).toEqual([launch]);
    expect(judged({ launch_type: 'FARGATE' })).toEqual([
      launch,
      'aws_ecs_service.Service: capacity_provider_strategy none - add one',
    ]);
  });

  it('refuses other shares than those that are configured, on the service and as the default of the cluster', () => {
    const model = modelWith(
      {
        aws_ecs_service: { Service: { capacity_provider_strategy: [share('FARGATE', 1)] } },
        aws_ecs_cluster_capacity_providers: { Providers: {} },
      },
      {},
      environmentWith({ service: { capacity: { onDemandBase: 1 } } }),
    );
    expect(judge(spotShare, model)).toEqual([
      'aws_ecs_service.Service: capacity_provider_strategy FARGATE 1 - make it FARGATE 30 after 1, FARGATE_SPOT 70',
      'aws_ecs_cluster_capacity_providers.Providers: default_capacity_provider_strategy none - make it FARGATE 30 after 1, FARGATE_SPOT 70',
    ]);
  });

  it('refuses a base on two providers', () => {
    const strategy = [share('FARGATE', 1, 1), share('FARGATE_SPOT', 1, 1)];
    expect(judged({ capacity_provider_strategy: strategy })).toEqual([
      'aws_ecs_service.Service: capacity_provider_strategy with 2 bases - leave a base on one: AWS allows no more',
    ]);
  });

  it('accepts what is configured in any order, without those of no weight', () => {
    expect(judged({ capacity_provider_strategy: [...required].reverse() }, environmentWith())).toEqual([]);
    const all = environmentWith({ service: { capacity: { spotWeight: 0 } } });
    const strategy = [share('FARGATE', 30), { capacity_provider: 'FARGATE_SPOT' }];
    expect(judged({ capacity_provider_strategy: strategy }, all)).toEqual([]);
  });

  it('accepts any shares where none are configured', () => {
    expect(judged({ launch_type: null, capacity_provider_strategy: share('FARGATE', 1) })).toEqual([]);
  });

  it('is not about anything else', () => {
    expect(judge(spotShare, modelWith({ aws_vpc: { Vpc: {} } }))).toBe('not applicable');
  });
});
