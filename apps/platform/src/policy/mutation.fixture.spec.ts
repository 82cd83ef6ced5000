import { Mutable } from './mutation.fixture';

const stacks = () =>
  new Mutable({
    network: { resource: { aws_vpc: { V: { '//': { metadata: { path: 'network/Vpc' } }, policy: '{"a":1}' } } } },
  });

describe('a mutation', () => {
  it('finds a resource by its path, and fails if there is none', () => {
    expect(stacks().at('network/Vpc')).toMatchObject({ policy: '{"a":1}' });
    expect(() => stacks().at('network/Other')).toThrow('no resource at network/Other');
  });

  it('finds a resource next to a stack without resources', () => {
    const mutable = new Mutable({ queue: {}, ...stacks().stacks });
    expect(mutable.reference('network/Vpc', 'id')).toBe('${aws_vpc.V.id}');
    expect(() => mutable.at('queue/Queue')).toThrow('no resource at queue/Queue');
  });

  it('changes, removes, adds and references resources', () => {
    const mutable = stacks();
    mutable.json('network/Vpc', 'policy', (value) => (value.a = 2));
    mutable.add('network', 'aws_eip', 'E', { vpc: mutable.reference('network/Vpc', 'id') });
    expect(mutable.at('network/Vpc').policy).toBe('{"a":2}');
    mutable.remove('network/Vpc');
    expect(mutable.stacks).toEqual({
      network: { resource: { aws_vpc: {}, aws_eip: { E: { vpc: '${aws_vpc.V.id}' } } } },
    });
  });
});
