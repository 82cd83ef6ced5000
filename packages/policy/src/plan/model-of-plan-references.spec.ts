import { change, configured, plannedResource, refs } from './plan.fixture';

describe('the model of a plan', () => {
  it('has references for values known after apply, and nothing for computed values', () => {
    const resource = plannedResource(
      'aws_subnet.A',
      [
        change('aws_vpc.V'),
        change('aws_subnet.A', { cidr_block: '10.0.0.0/24', tags: null }, { id: true, vpc_id: true }),
      ],
      {
        resources: [configured('aws_vpc.V'), configured('aws_subnet.A', { vpc_id: refs('aws_vpc.V.id', 'aws_vpc.V') })],
      },
    );
    expect(resource).toEqual({
      stack: 'plan',
      kind: 'managed',
      type: 'aws_subnet',
      address: 'aws_subnet.A',
      path: 'aws_subnet.A',
      attributes: { cidr_block: '10.0.0.0/24', vpc_id: '${aws_vpc.V.id}' },
    });
  });

  it('restores references to known names', () => {
    const changes = [
      change('aws_ecs_cluster.C', { name: 'cluster', arn: 'arn' }),
      change('aws_ecs_service.S', {
        cluster: 'cluster',
        arns: 'arn',
        name: 'cluster',
        prefix: 'cluster-',
        plain: 'cluster',
      }),
    ];
    const { attributes } = plannedResource('aws_ecs_service.S', changes, {
      resources: [
        configured('aws_ecs_service.S', {
          cluster: refs('aws_ecs_cluster.C.name', 'aws_ecs_cluster.C'),
          arns: refs('aws_ecs_cluster.C'),
          name: refs('aws_ecs_cluster.C.arn'),
          prefix: refs('aws_ecs_cluster.C.name'),
          plain: {},
        }),
      ],
    });
    expect(attributes).toEqual({
      cluster: '${aws_ecs_cluster.C.name}',
      arns: '${aws_ecs_cluster.C.arn}',
      name: 'cluster',
      prefix: 'cluster-',
      plain: 'cluster',
    });
  });

  it('distinguishes the instances of count and for_each', () => {
    const changes = [
      ...['[0]', '[1]'].map((index) => change(`aws_subnet.S${index}`)),
      ...['["a"]', '["b"]'].map((key) => change(`aws_eip.E${key}`)),
      ...['[0]', '[1]'].map((index) =>
        change(`aws_nat_gateway.N${index}`, {}, { same: true, first: true, all: true, whole: true }),
      ),
      change('aws_instance.I["b"]', {}, { key: true, value: true, other: true }),
    ];
    const root = {
      resources: [
        configured('aws_nat_gateway.N', {
          same: refs('aws_subnet.S', 'count.index'),
          first: refs('aws_subnet.S[0].id', 'aws_subnet.S[0]', 'aws_subnet.S'),
          all: refs('aws_subnet.S'),
          whole: refs('aws_eip.E', 'aws_subnet.S'),
        }),
        configured(
          'aws_instance.I',
          {
            key: refs('aws_eip.E', 'each.key'),
            value: refs('each.value.id', 'each.value'),
            other: refs('local.x', 'data.aws_region.Unplanned', 'self'),
          },
          { for_each_expression: refs('aws_eip.E') },
        ),
      ],
    };
    expect(plannedResource('aws_nat_gateway.N[1]', changes, root).attributes).toEqual({
      same: '${aws_subnet.S[1]}',
      first: '${aws_subnet.S[0].id}',
      all: ['${aws_subnet.S[0]}', '${aws_subnet.S[1]}'],
      whole: '${aws_eip.E["a"]}${aws_eip.E["b"]}${aws_subnet.S[0]}${aws_subnet.S[1]}',
    });
    expect(plannedResource('aws_instance.I["b"]', changes, root).attributes).toEqual({
      key: '${aws_eip.E["b"]}',
      value: '${aws_eip.E["b"]}',
      other: '${unknown}',
    });
  });

  it('follows variables and outputs of modules', () => {
    const changes = [
      change('aws_vpc.V'),
      change('module.net[0].aws_subnet.S', {}, { vpc_id: true, own: true, unset: true }),
      change('module.net[0].aws_vpc.V'),
      change('aws_lb.L', {}, { subnets: true, any: true, none: true, gone: true }),
    ];
    const root = {
      resources: [
        configured('aws_lb.L', {
          subnets: refs('module.net[0].subnet', 'module.net[0]', 'module.net'),
          any: refs('module.net'),
          none: refs('module.net.other'),
          gone: refs('module.gone.subnet'),
        }),
      ],
      module_calls: {
        net: {
          expressions: { vpc: refs('aws_vpc.V.id', 'aws_vpc.V'), unused: {} },
          module: {
            resources: [
              configured('aws_subnet.S', {
                vpc_id: refs('var.vpc'),
                own: refs('aws_vpc.V.id'),
                unset: refs('var.gone'),
              }),
            ],
            outputs: { subnet: { expression: refs('aws_subnet.S.id', 'aws_subnet.S') }, constant: {} },
          },
        },
        empty: {},
      },
    };
    expect(plannedResource('module.net[0].aws_subnet.S', changes, root).attributes).toEqual({
      vpc_id: '${aws_vpc.V.id}',
      own: '${module.net[0].aws_vpc.V.id}',
      unset: '${unknown}',
    });
    expect(plannedResource('aws_lb.L', changes, root).attributes).toEqual({
      subnets: '${module.net[0].aws_subnet.S.id}',
      any: '${module.net[0].aws_subnet.S.id}',
      none: '${unknown}',
      gone: '${unknown}',
    });
  });

  it('finds the configuration of sorted blocks, and values in lists and maps', () => {
    const changes = [
      change('aws_lb_target_group.A', { arn: 'a' }),
      change('aws_lb_target_group.B'),
      change(
        'aws_ecs_service.S',
        {
          shares: [{ provider: 'X', weight: 1 }, { provider: 'Y' }, { provider: 'Z' }],
          tags: { Name: 'a' },
          arns: ['a', null, null],
        },
        { shares: [{ group: true }, { group: true }, { group: true }], arns: [false, true] },
      ),
    ];
    const { attributes } = plannedResource('aws_ecs_service.S', changes, {
      resources: [
        configured('aws_ecs_service.S', {
          shares: [
            { provider: { constant_value: 'Y' }, group: refs('aws_lb_target_group.B.arn') },
            { provider: refs('var.x'), nested: [{ a: {} }], group: refs('aws_lb_target_group.A.arn') },
          ],
          tags: refs('aws_lb_target_group.A.arn'),
          arns: refs('aws_lb_target_group.A.arn'),
        }),
      ],
    });
    expect(attributes).toEqual({
      shares: [
        { provider: 'X', weight: 1, group: '${aws_lb_target_group.A.arn}' },
        { provider: 'Y', group: '${aws_lb_target_group.B.arn}' },
        { provider: 'Z' },
      ],
      tags: { Name: '${aws_lb_target_group.A.arn}' },
      arns: ['${aws_lb_target_group.A.arn}', '${aws_lb_target_group.A.arn}'],
    });
  });

  it('treats an unknown block as all that it references', () => {
    const { attributes } = plannedResource(
      'aws_lb.L',
      [change('aws_s3_bucket.B'), change('aws_lb.L', {}, { logs: true, none: true })],
      { resources: [configured('aws_lb.L', { logs: [{ bucket: refs('aws_s3_bucket.B.id') }], none: [] })] },
    );
    expect(attributes).toEqual({ logs: '${aws_s3_bucket.B.id}', none: '${unknown}' });
  });
});
