import { modelOf } from './model-of';

const backend = (key: string) => ({ backend: { s3: { bucket: 'b', key } } });

const model = modelOf({
  stacks: {
    network: {
      terraform: backend('network'),
      provider: { aws: [{ region: 'us-east-1' }] },
      resource: {
        aws_vpc: { Vpc: { '//': { metadata: { path: 'network/Vpc/Resource' } }, cidr_block: '10.0.0.0/16' } },
        aws_subnet: { A: { vpc_id: '${aws_vpc.Vpc.id}', depends_on: ['aws_vpc.Vpc', 'aws_vpc.Gone'] } },
      },
      output: { vpc: { value: '${aws_vpc.Vpc.id}' }, cidr: { value: '${aws_vpc.Vpc.cidr_block}' } },
    },
    compute: {
      terraform: backend('compute'),
      data: {
        terraform_remote_state: {
          network: { backend: 's3', config: { bucket: 'b', key: 'network' } },
          elsewhere: { backend: 's3', config: { bucket: 'b', key: 'elsewhere' } },
          broken: {},
        },
        aws_region: { Region: {} },
      },
      resource: {
        aws_lb: {
          Lb: {
            name: 'alb',
            vpc: ['${data.terraform_remote_state.network.outputs.vpc}'],
            cidr: '${data.terraform_remote_state.network.outputs.cidr}',
          },
        },
        aws_lb_listener: {
          L: { a: '${aws_lb.Lb.name}', b: '${aws_lb.Lb.arn}', c: '${aws_lb.Lb.vpc}', d: '${aws_lb.Lb}' },
        },
      },
    },
  },
});
const resource = (type: string) => model.all(type)[0]!;
const addresses = (targets: ReturnType<typeof model.targets>) => targets.map(({ resource }) => resource.address);

describe('the model of synthesized stacks', () => {
  it('has resources by type, with address and construct path', () => {
    expect(resource('aws_vpc')).toEqual({
      stack: 'network',
      kind: 'managed',
      type: 'aws_vpc',
      address: 'aws_vpc.Vpc',
      path: 'network/Vpc/Resource',
      attributes: { cidr_block: '10.0.0.0/16' },
    });
    expect(resource('aws_subnet').path).toBe('aws_subnet.A');
    expect(model.data('aws_region').map(({ address }) => address)).toEqual(['data.aws_region.Region']);
    expect(model.managed.map(({ type }) => type)).toEqual(['aws_vpc', 'aws_subnet', 'aws_lb', 'aws_lb_listener']);
    expect([model.all('aws_eip'), model.data('aws_vpc')]).toEqual([[], []]);
  });

  it('has the Terraform blocks of a stack other than resources', () => {
    expect(model.stacks.map(({ stack, path, terraform, providers }) => [stack, path, terraform, providers])).toEqual([
      ['network', 'network', backend('network'), { aws: [{ region: 'us-east-1' }] }],
      ['compute', 'compute', backend('compute'), {}],
    ]);
  });

  it('treats invalid input as an empty stack', () => {
    const [stack] = modelOf({ stacks: { odd: { resource: 'none', data: { aws_vpc: { V: null } } } } }).stacks;
    expect(stack).toMatchObject({ resources: [], outputs: [], terraform: {}, providers: {} });
  });

  it('follows references within a stack, and through the outputs of a remote state', () => {
    expect(model.behind(resource('aws_subnet'), 'vpc_id')).toEqual([resource('aws_vpc')]);
    expect(model.behind(resource('aws_lb'), 'vpc', 'aws_vpc')).toEqual([resource('aws_vpc')]);
    expect(model.behind(resource('aws_lb'), 'vpc', 'aws_subnet')).toEqual([]);
  });

  it('finds nothing behind a reference that does not exist', () => {
    const remote = (name: string) => '${data.terraform_remote_state.' + name + '}';
    const nowhere = ['elsewhere.outputs.vpc', 'network.outputs.gone', 'network', 'broken.outputs.a'].map(remote);
    expect(addresses(model.targets([...nowhere, '${aws_eip.Gone.id}'], 'compute'))).toEqual([]);
  });

  it("ends with stacks that read each other's states", () => {
    const remote = (key: string, output: string) => ({
      terraform: backend(key === 'a' ? 'b' : 'a'),
      data: { terraform_remote_state: { other: { backend: 's3', config: { bucket: 'b', key } } } },
      output: { [output]: { value: '${data.terraform_remote_state.other.outputs.x}' } },
    });
    const circle = modelOf({ stacks: { a: remote('b', 'x'), b: remote('a', 'x') } });
    expect(circle.targets('${data.terraform_remote_state.other.outputs.x}', 'a')).toEqual([]);
  });

  it('replaces a reference by its value if that is known', () => {
    const { attributes } = resource('aws_lb_listener');
    const literal = (name: string) => model.literal(attributes[name], 'compute');
    expect(literal('a')).toBe('alb');
    expect(literal('b')).toBe('${aws_lb.Lb.arn}');
    expect(literal('c')).toEqual(['${data.terraform_remote_state.network.outputs.vpc}']);
    expect(literal('d')).toBe('${aws_lb.Lb}');
    expect(model.literal(resource('aws_lb').attributes['cidr'], 'compute')).toBe('10.0.0.0/16');
    expect(model.literal('arn:${aws_lb.Lb.name}', 'compute')).toBe('arn:${aws_lb.Lb.name}');
  });

  it('finds a resource by reference or by name', () => {
    const lb = resource('aws_lb');
    expect(model.meant('aws_lb', '${aws_lb.Lb.arn}', 'compute')).toBe(lb);
    expect(model.meant('aws_lb', 'alb', 'compute')).toBe(lb);
    expect([model.meant('aws_lb', 'other', 'compute'), model.meant('aws_lb', undefined, 'compute')]).toEqual([
      undefined,
      undefined,
    ]);
    expect(model.meant('aws_vpc', '10.0.0.0/16', 'compute', 'cidr_block')).toBe(resource('aws_vpc'));
  });

  it('finds the users of a resource in all stacks, and its dependencies', () => {
    expect(model.uses(resource('aws_vpc')).map(({ user, attribute }) => [user.address, attribute])).toEqual([
      ['aws_subnet.A', 'vpc_id'],
      ['aws_lb.Lb', 'vpc'],
      ['aws_lb.Lb', 'cidr'],
    ]);
    expect(model.uses(resource('aws_subnet'))).toEqual([]);
    expect(model.dependencies(resource('aws_subnet'))).toEqual([resource('aws_vpc')]);
    expect(model.dependencies(resource('aws_vpc'))).toEqual([]);
  });
});
