import { synthStack, testEnvironment, type EnvironmentOverrides, type SynthesizedStack } from '@nightshift/testing';
import { ComputeStack } from './compute-stack';

/** The compute stack of an environment, with plain values where other stacks publish theirs. */
export function synthCompute(overrides: EnvironmentOverrides = {}): SynthesizedStack {
  return synthStack(
    (app) =>
      new ComputeStack(app, 'compute', {
        environment: testEnvironment(overrides),
        network: {
          vpc_id: 'vpc-1',
          public_subnet_ids: ['subnet-public-0', 'subnet-public-1', 'subnet-public-2'],
          private_subnet_ids: ['subnet-private-0', 'subnet-private-1', 'subnet-private-2'],
          load_balancer_security_group_id: 'sg-load-balancer',
          tasks_security_group_id: 'sg-tasks',
        },
        registry: {
          repository_name: 'ecr-repository-test',
          repository_arn: 'arn:aws:ecr:us-east-1:123456789012:repository/ecr-repository-test',
          repository_url: '123456789012.dkr.ecr.us-east-1.amazonaws.com/ecr-repository-test',
        },
      }),
  );
}
