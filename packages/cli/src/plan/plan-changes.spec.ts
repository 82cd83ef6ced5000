import type { Change, ResourceChange, TerraformPlan } from '@nightshift/terraform';
import { noChanges, planChanges } from './plan-changes';

const plan = (more: Partial<TerraformPlan>): TerraformPlan => ({
  format_version: '1.2',
  terraform_version: '1.11.4',
  ...more,
});

function resource(address: string, actions: Change['actions'], more: object = {}, change: object = {}): ResourceChange {
  const [type = '', name = ''] = address.split('.');
  return { address, type, name, mode: 'managed', change: { actions, before: null, after: null, ...change }, ...more };
}

const constructPath = (address: string) => (address === 'aws_vpc.A' ? 'network/Vpc/Resource' : undefined);

describe('what a plan would do', () => {
  it('is one entry a resource that is touched', () => {
    const { resources } = planChanges(
      plan({
        resource_changes: [
          resource('aws_vpc.A', ['create']),
          resource('aws_vpc.B', ['delete'], { action_reason: 'delete_because_no_resource_config' }),
          resource('aws_vpc.C', ['forget']),
          resource('aws_vpc.D', ['no-op'], { previous_address: 'aws_vpc.Old' }),
          resource('aws_vpc.E', ['no-op'], {}, { importing: { id: 'vpc-1' } }),
        ],
      }),
      constructPath,
    );
    const none = { constructPath: undefined, reason: undefined, attributes: [] };
    expect(resources).toEqual([
      { ...none, address: 'aws_vpc.A', constructPath: 'network/Vpc/Resource', action: 'create' },
      { ...none, address: 'aws_vpc.B', action: 'delete', reason: 'because the configuration no longer has it' },
      { ...none, address: 'aws_vpc.C', action: 'remove' },
      { ...none, address: 'aws_vpc.D', action: 'move', reason: 'from aws_vpc.Old' },
      { ...none, address: 'aws_vpc.E', action: 'import' },
    ]);
  });

  it('leaves out data sources and what stays the same', () => {
    const same = [
      resource('aws_vpc.A', ['no-op']),
      resource('data.aws_region.R', ['read'], { mode: 'data' }),
      resource('aws_vpc.B', []),
    ];
    expect(planChanges(plan({ resource_changes: same }), constructPath)).toEqual(noChanges);
    expect(planChanges(plan({}), constructPath)).toEqual(noChanges);
  });

  it('says what changes in an update', () => {
    const change = { before: { days: 1, arn: 'a' }, after: { days: 2 }, after_unknown: { arn: true } };
    const { resources } = planChanges(
      plan({ resource_changes: [resource('aws_log.L', ['update'], {}, change)] }),
      constructPath,
    );
    expect(resources[0]?.attributes).toEqual([
      { path: 'days', before: '1', after: '2', forcesReplacement: false },
      { path: 'arn', before: '"a"', after: '(known after apply)', forcesReplacement: false },
    ]);
  });

  it('says why something is replaced, without what every new resource gets from AWS', () => {
    const change = {
      before: { name: 'a', subnet: 's', arn: 'a' },
      after: { name: 'b' },
      after_unknown: { arn: true, subnet: true },
      replace_paths: [['name'], ['subnet']],
    };
    const replaced = (actions: Change['actions']) =>
      resource('aws_lb.L', actions, { action_reason: 'replace_because_cannot_update' }, change);
    const { resources } = planChanges(
      plan({ resource_changes: [replaced(['delete', 'create']), replaced(['create', 'delete'])] }),
      constructPath,
    );
    expect(resources[0]).toEqual({
      address: 'aws_lb.L',
      constructPath: undefined,
      action: 'replace',
      reason: 'because name, subnet cannot be changed in place',
      attributes: [
        { path: 'name', before: '"a"', after: '"b"', forcesReplacement: true },
        { path: 'subnet', before: '"s"', after: '(known after apply)', forcesReplacement: true },
      ],
    });
    expect(resources[1]).toEqual(resources[0]);
  });

  it('says which outputs change, hiding sensitive ones', () => {
    const actions = ['update'] as const;
    const outputs = {
      vpc_id: { actions, before: 'vpc-1', after: null, after_unknown: true },
      secret: { actions, before: 'a', after: 'b', before_sensitive: true, after_sensitive: true },
      same: { actions: ['no-op'] as const, before: 'x', after: 'x', after_unknown: false },
    };
    expect(planChanges(plan({ output_changes: outputs }), constructPath).outputs).toEqual([
      { path: 'vpc_id', before: '"vpc-1"', after: '(known after apply)', forcesReplacement: false },
      { path: 'secret', before: '(sensitive)', after: '(sensitive)', forcesReplacement: false },
    ]);
  });

  it('is, for drift, what others have changed', () => {
    const drifted = resource('aws_log.L', ['update'], {}, { before: { days: 1 }, after: { days: 7 } });
    const both = plan({ resource_changes: [resource('aws_vpc.A', ['create'])], resource_drift: [drifted] });
    expect(planChanges(both, constructPath, { drift: true }).resources).toEqual([
      {
        address: 'aws_log.L',
        constructPath: undefined,
        action: 'update',
        reason: undefined,
        attributes: [{ path: 'days', before: '1', after: '7', forcesReplacement: false }],
      },
    ]);
  });
});
