import { modelOfPlan } from './model-of-plan';
import { change, configured, plannedResource, refs } from './plan.fixture';

describe('the model of a plan', () => {
  it('has the dependencies of resources', () => {
    const changes = [change('aws_eip.E[0]'), change('aws_eip.E[1]'), change('aws_vpc.V')];
    const root = { resources: [configured('aws_vpc.V', {}, { depends_on: ['aws_eip.E'] }), { address: 'aws_eip.E' }] };
    expect(plannedResource('aws_vpc.V', changes, root).attributes).toEqual({
      depends_on: ['aws_eip.E[0]', 'aws_eip.E[1]'],
    });
  });

  it('omits deleted resources, and includes data sources that were read', () => {
    const read = (address: string, mode: 'managed' | 'data', type: string) => ({
      address,
      mode,
      type,
      name: 'X',
      values: { a: 1 },
    });
    const model = modelOfPlan({
      name: 'plan',
      plan: {
        planned_values: {},
        resource_changes: [change('aws_vpc.Gone', null), change('data.aws_region.Again')],
        prior_state: {
          values: {
            root_module: {
              resources: [read('data.aws_region.X', 'data', 'aws_region'), read('aws_eip.X', 'managed', 'aws_eip')],
              child_modules: [{ resources: [read('data.aws_region.Again', 'data', 'aws_region')] }],
            },
          },
        },
        configuration: {
          provider_config: {
            aws: {
              name: 'aws',
              expressions: { region: { constant_value: 'us-east-1' }, tags: refs('var.x'), block: [{}] },
            },
            other: { name: 'other' },
          },
          root_module: {},
        },
      },
    });
    expect(model.stacks.flatMap(({ resources }) => resources).map(({ address }) => address)).toEqual([
      'data.aws_region.Again',
      'data.aws_region.X',
    ]);
    expect(model.data('aws_region')[1]?.attributes).toEqual({ a: 1 });
    expect(model.stacks[0]?.providers).toEqual({ aws: [{ region: 'us-east-1' }], other: [{}] });
  });

  it('can have no changes', () => {
    const plan = { planned_values: {}, configuration: { root_module: {} } };
    expect(modelOfPlan({ plan, name: 'plan' }).managed).toEqual([]);
  });

  it.each([
    ['a state', { values: {} }, 'planned_values: expected record, received undefined'],
    ['no object', 'plan', 'expected object, received string'],
    ['nothing', null, 'expected object, received null'],
    [
      'a plan without its configuration',
      { planned_values: {}, configuration: null },
      'configuration: expected object, received null',
    ],
    [
      'a plan of nothing',
      { planned_values: {}, configuration: {} },
      'configuration.root_module: expected object, received undefined',
    ],
    [
      'a malformed change',
      {
        planned_values: {},
        configuration: { root_module: {} },
        resource_changes: [{ ...change('aws_vpc.V'), change: null }],
      },
      'resource_changes.0.change: expected object, received null',
    ],
    [
      'a malformed module',
      { planned_values: {}, configuration: { root_module: { module_calls: { m: { module: { resources: [1] } } } } } },
      'configuration.root_module.module_calls.m.module.resources.0: expected object, received number',
    ],
    [
      'a malformed state',
      {
        planned_values: {},
        configuration: { root_module: {} },
        prior_state: { values: { root_module: { child_modules: [{ resources: {} }] } } },
      },
      'prior_state.values.root_module.child_modules.0.resources: expected array, received object',
    ],
  ])('refuses %s', (_, plan, got) => {
    expect(() => modelOfPlan({ plan, name: 'a.json' })).toThrow(
      `a.json: is not the JSON of a Terraform plan, got ${got} - write it with: terraform show -json <plan file> > plan.json`,
    );
  });
});
