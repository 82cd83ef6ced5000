import type { Change, ResourceChange, TerraformPlan } from '@nightshift/terraform';
import { noChanges, planChanges, reasonText } from './plan-changes';

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

describe('planChanges', () => {
  it('has one entry per changed resource', () => {
    const { resources } = planChanges(
      plan({
        resource_changes: [
          resource('aws_vpc.A', ['create']),
          resource('aws_lb.B', ['delete'], { action_reason: 'delete_because_no_resource_config' }),
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
      { ...none, address: 'aws_lb.B', action: 'delete', reason: 'because the configuration no longer has it' },
      { ...none, address: 'aws_vpc.C', action: 'remove' },
      { ...none, address: 'aws_vpc.D', action: 'move', reason: 'from aws_vpc.Old' },
      { ...none, address: 'aws_vpc.E', action: 'import' },
    ]);
  });

  it('recognizes a resource that is destroyed and created again at another address', () => {
    const gone = (address: string, before: object) =>
      resource(address, ['delete'], { action_reason: 'delete_because_no_resource_config' }, { before });
    const created = (address: string, after: object) => resource(address, ['create'], {}, { after });
    const reasons = (...changes: readonly ResourceChange[]) =>
      planChanges(plan({ resource_changes: changes }), constructPath)
        .resources.filter(({ action }) => action === 'delete')
        .map(({ reason }) => reason);
    const again = (to: string) =>
      `and created again as ${to}: was its construct renamed? Keep it with moveTo (CONTRIBUTING.md)`;
    const nothing = 'because the configuration no longer has it';

    // The only one of its type, whatever else changes with it.
    expect(reasons(gone('aws_lb.Old', { name: 'a' }), created('aws_lb.New', { name: 'b' }))).toEqual([
      again('aws_lb.New'),
    ]);
    // One of several is found by its configuration. Values that AWS gives are not known yet.
    expect(
      reasons(
        gone('aws_subnet.A', { cidr: '10.0.0.0/24', id: 'subnet-1' }),
        gone('aws_subnet.B', { cidr: '10.0.1.0/24', id: 'subnet-2' }),
        created('aws_subnet.C', { cidr: '10.0.1.0/24', ipv6: null }),
        created('aws_subnet.D', { cidr: '10.0.2.0/24' }),
      ),
    ).toEqual([nothing, again('aws_subnet.C')]);
    expect(reasons(gone('aws_lb.Old', {}), resource('aws_vpc.New', ['create']))).toEqual([nothing]);
    expect(
      reasons(
        resource('aws_vpc.A', ['delete'], { action_reason: 'delete_because_no_resource_config' }),
        created('aws_vpc.B', {}),
        resource('aws_vpc.C', ['create']),
      ),
    ).toEqual([nothing]);
  });

  it('omits data sources and unchanged resources', () => {
    const same = [
      resource('aws_vpc.A', ['no-op']),
      resource('data.aws_region.R', ['read'], { mode: 'data' }),
      resource('aws_vpc.B', []),
    ];
    expect(planChanges(plan({ resource_changes: same }), constructPath)).toEqual(noChanges);
    expect(planChanges(plan({}), constructPath)).toEqual(noChanges);
  });

  it('has the changed values of an update', () => {
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

  it('has the reason of a replacement, without new computed values', () => {
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

  it('has changed outputs, sensitive ones hidden', () => {
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

  it('has the changes outside of Terraform for drift', () => {
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

describe('the reason of an action', () => {
  it.each([
    ['replace_because_cannot_update', ['name', 'cpu'], 'because name, cpu cannot be changed in place'],
    ['replace_because_cannot_update', [], 'because it cannot be changed in place'],
    ['replace_because_tainted', [], 'because a failed run has left it incomplete'],
    ['replace_by_request', [], 'because it was asked for'],
    ['replace_by_triggers', [], 'because something that it depends on changes'],
    ['delete_because_no_resource_config', [], 'because the configuration no longer has it'],
    ['delete_because_no_move_target', [], 'because it was moved to an address that the configuration does not have'],
  ])('%s %j: %s', (reason, forcing, text) => {
    expect(reasonText(reason, forcing)).toBe(text);
  });

  it('is omitted if it is unknown or obvious', () => {
    expect(reasonText(undefined, [])).toBeUndefined();
    expect(reasonText('read_because_config_unknown', [])).toBeUndefined();
  });
});
