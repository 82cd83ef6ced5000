import type { Change, ResourceChange, TerraformPlan } from '@nightshift/terraform';
import { driftChanges } from './drift-changes';

type Values = Readonly<Record<string, unknown>>;

const resource = (address: string, actions: Change['actions'], before: Values, after: Values): ResourceChange => ({
  address,
  type: 'aws_thing',
  name: 'Thing',
  mode: 'managed',
  change: { actions, before, after },
});

/** What differs from the state, and what a plan would do. */
function drift(resource_drift: ResourceChange[], resource_changes: ResourceChange[]) {
  const plan: TerraformPlan = { format_version: '1.2', terraform_version: '1.11.4', resource_drift, resource_changes };
  const { changes, pending } = driftChanges(plan, () => undefined);
  return {
    kind: changes.kind,
    pending,
    found: changes.resources.map(({ address, action, attributes }) => [
      address,
      action,
      ...attributes.map((a) => a.path),
    ]),
  };
}

describe('drift', () => {
  it('is what differs and would be changed back', () => {
    const changed = resource('a', ['update'], { days: 30, tags: {} }, { days: 7, tags: {} });
    const back = resource('a', ['update'], { days: 7, tags: {} }, { days: 30, tags: {} });
    expect(drift([changed], [back])).toEqual({ kind: 'drift', pending: 0, found: [['a', 'update', 'days']] });
  });

  it('is not what AWS has filled in after the resource was made', () => {
    const filled = resource('a', ['update'], { ip: '' }, { ip: '10.0.0.1' });
    expect(drift([filled], [resource('a', ['no-op'], {}, {})])).toMatchObject({ pending: 0, found: [] });
    expect(drift([filled], [])).toMatchObject({ pending: 0, found: [] });
  });

  it('leaves what AWS has filled in out of a resource that has drifted', () => {
    const both = resource('a', ['update'], { ip: '', days: 30 }, { ip: '10.0.0.1', days: 7 });
    const back = resource('a', ['update'], { ip: '10.0.0.1', days: 7 }, { ip: '10.0.0.1', days: 30 });
    expect(drift([both], [back]).found).toEqual([['a', 'update', 'days']]);
  });

  it('is not a change of the configuration, even in a resource where AWS has filled something in', () => {
    const filled = resource('a', ['update'], { ip: '' }, { ip: '10.0.0.1' });
    const planned = resource('a', ['update'], { days: 30 }, { days: 60 });
    expect(drift([filled], [planned, resource('b', ['create'], {}, {})])).toMatchObject({ pending: 2, found: [] });
  });

  it('is that somebody has removed a resource', () => {
    const gone = resource('a', ['delete'], { days: 30 }, {});
    expect(drift([gone], [resource('a', ['create'], {}, { days: 30 })]).found).toEqual([['a', 'delete']]);
  });

  it('is compared by whole attributes and by parts of them', () => {
    const rule = (port: number) => ({ rule: [{ port, name: 'x' }], ruler: 1 });
    const changed = resource('a', ['update'], rule(1), rule(2));
    expect(drift([changed], [resource('a', ['update'], rule(2), rule(1))]).found).toEqual([
      ['a', 'update', 'rule[0].port'],
    ]);
    const asWhole = resource('a', ['update'], { rule: 'x' }, { rule: 'y' });
    expect(drift([changed], [asWhole]).found).toEqual([['a', 'update', 'rule[0].port']]);
    const other = resource('a', ['update'], { ruler: 1, rule: [] }, { ruler: 2, rule: [] });
    expect(drift([changed], [other]).found).toEqual([]);
    expect(drift([asWhole], [resource('a', ['update'], rule(2), rule(1))]).found).toEqual([['a', 'update', 'rule']]);
  });
});
