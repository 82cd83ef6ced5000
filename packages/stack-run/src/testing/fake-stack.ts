import type { Environment } from '@nightshift/config';
import type { ChosenStack } from '../chosen-stack';

/** The network stack of dev, with one VPC whose construct is known. */
export const fakeStack: Omit<ChosenStack, 'addressOf' | 'hasResource' | 'refersTo'> = {
  name: 'network',
  environment: { name: 'dev', suffix: 'dev' } as Environment,
  directory: 'cdktf.out/dev/stacks/network',
  absoluteDirectory: '/workspace/cdktf.out/dev/stacks/network',
  constructPath: (address) => (address === 'aws_vpc.Vpc_1A' ? 'network/Vpc/Resource' : undefined),
  siblings: ['network', 'observability'],
  dependents: ['observability'],
};
