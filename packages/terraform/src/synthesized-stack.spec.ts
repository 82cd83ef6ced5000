import { readSynthesizedStack } from './synthesized-stack';
import { temporaryDirectory } from '@nightshift/files/temporary-directory';
import { writeStack } from './testing/write-stack';

const at = (path: string) => ({ '//': { metadata: { path } } });
const vpcId = '${data.terraform_remote_state.cross-stack-reference-input-network.outputs.vpc_id}';

const configuration = {
  terraform: { required_providers: { aws: { version: '5.100.0' } }, backend: { s3: { bucket: 'state-dev' } } },
  provider: { aws: [{ allowed_account_ids: ['123456789012'] }] },
  resource: { aws_lb: { Alb: { ...at('compute/Alb/Resource'), vpc: vpcId }, Bare: { again: vpcId } } },
  data: { aws_region: { Region: at('compute/Region') } },
  output: {
    subnet: { value: vpcId.replace('vpc_id', 'private_subnet_ids_0') },
    other: { value: vpcId.replace('network', 'registry') },
  },
};

describe('readSynthesizedStack', () => {
  const directory = temporaryDirectory();

  it('derives name and suffix from the directory of the stack', async () => {
    const stack = await readSynthesizedStack(await writeStack(directory(), configuration, 'compute', 'pr-123'));
    expect(stack).toMatchObject({
      name: 'compute',
      suffix: 'pr-123',
      allowedAccounts: ['123456789012'],
      requiredProviders: { aws: { version: '5.100.0' } },
      backend: { s3: { bucket: 'state-dev' } },
    });
  });

  it('finds the construct path of a resource or data source', async () => {
    const { constructPath } = await readSynthesizedStack(await writeStack(directory(), configuration));
    expect(constructPath('aws_lb.Alb')).toBe('compute/Alb/Resource');
    expect(constructPath('aws_lb.Alb[0]')).toBe('compute/Alb/Resource');
    expect(constructPath('data.aws_region.Region')).toBe('compute/Region');
    expect(constructPath('aws_lb.Bare')).toBeUndefined();
    expect(constructPath('aws_vpc.None')).toBeUndefined();
    expect(constructPath('provider["registry.terraform.io/hashicorp/aws"]')).toBeUndefined();
  });

  it('lists the values that it reads from another stack, each once', async () => {
    const { valuesFrom } = await readSynthesizedStack(await writeStack(directory(), configuration));
    expect(valuesFrom('cross-stack-reference-input-network')).toEqual(['private_subnet_ids_0', 'vpc_id']);
    expect(valuesFrom('cross-stack-reference-input-compute')).toEqual([]);
  });

  it('accepts a stack without most blocks', async () => {
    const stack = await readSynthesizedStack(await writeStack(directory(), {}));
    expect(stack).toMatchObject({ allowedAccounts: [], backend: {}, requiredProviders: undefined });
    expect(stack.constructPath('data.aws_region.Region')).toBeUndefined();
  });

  it('fails if the stack is not synthesized', async () => {
    await expect(readSynthesizedStack(directory())).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
