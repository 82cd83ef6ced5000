import type { Attributes } from '../model/value';
import { mergedConfiguration } from './merged-configuration';

const backend = (key: string): Attributes => ({ s3: { bucket: 'state', key } });
const producer = (output: Attributes, resource: Attributes = {}): Attributes => ({
  terraform: { required_providers: { aws: { version: '5.100.0' } }, backend: backend('network') },
  provider: { aws: [{ region: 'eu-west-1', allowed_account_ids: ['123456789012'] }] },
  data: { aws_partition: { Partition: {} } },
  resource,
  output,
});
const consumer = (resource: Attributes): Attributes => ({
  terraform: { backend: backend('compute') },
  data: {
    aws_partition: { Partition: {} },
    terraform_remote_state: { network: { backend: 's3', config: { bucket: 'state', key: 'network' } } },
  },
  resource,
});
const read = (output: string) => `\${data.terraform_remote_state.network.outputs.${output}}`;

describe('all stacks as one configuration', () => {
  it('has the resources and data sources of all stacks, and no remote states', () => {
    const merged = mergedConfiguration({
      network: producer({}, { aws_vpc: { Vpc: { cidr_block: '10.0.0.0/16', tags: null } } }),
      compute: consumer({ aws_vpc: { Other: {} }, aws_lb: { Lb: { internal: false } } }),
    });
    expect(merged).toEqual({
      terraform: { required_providers: { aws: { version: '5.100.0' } } },
      provider: { aws: [{ region: 'eu-west-1' }] },
      resource: {
        aws_vpc: { Vpc: { cidr_block: '10.0.0.0/16', tags: null }, Other: {} },
        aws_lb: { Lb: { internal: false } },
      },
      data: { aws_partition: { Partition: {} } },
    });
  });

  it('refers to the resource that a stack reads from another stack', () => {
    const { resource } = mergedConfiguration({
      network: producer({ vpc_id: { value: '${aws_vpc.Vpc.id}' } }, { aws_vpc: { Vpc: {} } }),
      compute: consumer({ aws_lb: { Lb: { names: [`x-${read('vpc_id')}`] } } }),
    });
    expect(resource).toMatchObject({ aws_lb: { Lb: { names: ['x-${aws_vpc.Vpc.id}'] } } });
  });

  it('has ARNs in policies instead of values known after apply', () => {
    const policy = (arn: string) => JSON.stringify({ Statement: { Resource: arn } });
    const { resource } = mergedConfiguration({
      network: producer({ key: { value: '${aws_kms_key.Key.arn}' } }, { aws_kms_key: { Key: {} } }),
      compute: consumer({
        aws_iam_policy: {
          Key: { policy: policy(read('key')) },
          Group: { policy: policy('${data.aws_partition.Partition.partition}:${aws_iam_policy.Key.name}') },
        },
      }),
    });
    expect(resource).toMatchObject({
      aws_iam_policy: {
        Key: { policy: policy('arn:x:kms:x:x:key/x') },
        Group: { policy: policy('${data.aws_partition.Partition.partition}:x') },
      },
    });
  });

  it('refuses values that no stack publishes', () => {
    for (const output of [{}, { vpc_id: { value: 'plain' } }, { vpc_id: { value: 1 } }]) {
      const stacks = { network: producer(output), compute: consumer({ aws_lb: { Lb: { vpc: read('vpc_id') } } }) };
      expect(() => mergedConfiguration(stacks)).toThrow(
        new Error('scan: compute reads vpc_id of network, which no stack publishes'),
      );
    }
    const alone = { compute: { resource: { aws_lb: { Lb: { vpc: read('vpc_id') } } } } };
    expect(() => mergedConfiguration(alone)).toThrow('compute reads vpc_id of network');
  });

  it('is empty without stacks', () => {
    expect(mergedConfiguration({})).toMatchObject({ resource: {}, data: {} });
  });
});
