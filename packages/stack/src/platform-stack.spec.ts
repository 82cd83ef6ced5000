import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { Subnet } from '@cdktf/provider-aws/lib/subnet';
import type { Environment } from '@nightshift/config';
import { synthStack, testEnvironment } from '@nightshift/testing';
import { App, TerraformStack } from 'cdktf';
import { PlatformStack } from './platform-stack';

class Producer extends PlatformStack {
  readonly vpc = new Vpc(this, 'Vpc', { cidrBlock: '10.0.0.0/16' });
  readonly subnets = [0, 1].map(
    (zone) => new Subnet(this, `Subnet${zone}`, { vpcId: this.vpc.id, cidrBlock: `10.0.${zone}.0/24` }),
  );
  readonly outputs = this.publish({ vpc_id: this.vpc.id, subnet_ids: this.subnets.map(({ id }) => id) });
}

class Consumer extends PlatformStack {
  constructor(app: App, environment: Environment, read: (producer: Producer) => string) {
    const producer = new Producer(app, 'producer', { environment });
    super(app, 'consumer', { environment });
    new Subnet(this, 'Subnet', { vpcId: read(producer), cidrBlock: '10.0.9.0/24' });
  }
}

const producer = (environment = testEnvironment()) =>
  synthStack((app) => new Producer(app, 'producer', { environment }));
const consumer = (read: (producer: Producer) => string) =>
  synthStack((app) => new Consumer(app, testEnvironment(), read));

describe('platform stack', () => {
  it('R0.1 keeps its state in S3 with its own key, encryption and a native lock file', () => {
    expect(producer().json).toMatchObject({
      terraform: {
        backend: {
          s3: {
            bucket: 's3-tfstate-nightshift-test',
            key: 'test/producer.tfstate',
            region: 'us-east-1',
            encrypt: true,
            kms_key_id: 'alias/s3-tfstate-nightshift-test',
            use_lockfile: true,
          },
        },
        required_version: '>= 1.10.0',
      },
    });
  });

  it('names the registry of its provider, since OpenTofu has a different default', () => {
    expect(producer().json).toMatchObject({
      terraform: { required_providers: { aws: { source: 'registry.terraform.io/hashicorp/aws', version: '5.100.0' } } },
    });
  });

  it('uses the region of the environment', () => {
    const { json } = producer(testEnvironment({ region: 'eu-west-1' }));
    expect(json['provider']).toEqual({ aws: [{ region: 'eu-west-1' }] });
  });

  it('accepts only the account of the environment', () => {
    const { json } = producer(testEnvironment({ account: { id: '123456789012' } }));
    expect(json['provider']).toEqual({ aws: [{ region: 'us-east-1', allowed_account_ids: ['123456789012'] }] });
  });

  it('R0.2 publishes values as readable outputs, one per list element', () => {
    const stack = producer();
    expect(stack.outputs).toEqual({
      vpc_id: { value: stack.reference('aws_vpc', 'Vpc', 'id') },
      subnet_ids_0: { value: stack.reference('aws_subnet', 'Subnet0', 'id') },
      subnet_ids_1: { value: stack.reference('aws_subnet', 'Subnet1', 'id') },
    });
  });

  it('R0.2 reads published values of another stack from its state', () => {
    const stack = consumer(({ outputs }) => outputs.vpc_id);
    const state = 'cross-stack-reference-input-producer';
    expect(stack.resource('aws_subnet', 'Subnet')['vpc_id']).toBe(
      `\${data.terraform_remote_state.${state}.outputs.vpc_id}`,
    );
    expect(stack.json).toMatchObject({
      data: { terraform_remote_state: { [state]: { config: { key: 'test/producer.tfstate' } } } },
    });
  });

  it('refuses to read an unpublished value, and names value and stack', () => {
    expect(() => consumer(({ vpc }) => vpc.arn)).toThrow(
      'stack producer does not publish aws_vpc.Vpc.arn, which another stack reads',
    );
  });

  it('refuses to publish a value that is not a reference', () => {
    class Wrong extends PlatformStack {
      readonly outputs = this.publish({ name: 'a plain text' });
    }
    expect(() => new Wrong(new App(), 'wrong', { environment: testEnvironment() })).toThrow(
      "stack wrong publishes name, which is no reference to a resource but 'a plain text'",
    );
  });

  it('moves renamed resources in the state', () => {
    class Renamed extends Producer {
      constructor(app: App) {
        super(app, 'producer', { environment: testEnvironment() });
        this.moveTo({ 'aws_vpc.Main': 'aws_vpc.Vpc', 'aws_subnet.A': 'aws_subnet.Subnet0' });
      }
    }
    expect(synthStack((app) => new Renamed(app)).json).toMatchObject({
      moved: [
        { from: 'aws_vpc.Main', to: 'aws_vpc.Vpc' },
        { from: 'aws_subnet.A', to: 'aws_subnet.Subnet0' },
      ],
    });
  });

  it('is found from constructs inside it, and only there', () => {
    const stack = new Producer(new App(), 'producer', { environment: testEnvironment() });
    expect(PlatformStack.of(stack.vpc)).toBe(stack);
    const other = new TerraformStack(new App(), 'other');
    expect(() => PlatformStack.of(other)).toThrow('other is not inside a PlatformStack');
  });
});
