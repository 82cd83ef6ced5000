import type { MutationTable } from './mutation.fixture';

const repository = 'registry/Repository/Resource';

/** Faults in names, tags, states and published values, and in the registry, that rules must find. */
export const shapeMutations: MutationTable = {
  'tags-required': [
    { title: 'a resource has no tags', apply: (stacks) => delete stacks.at('network/Vpc/Resource').tags },
    {
      title: 'a resource has another cost center',
      apply: (stacks) => (stacks.at('compute/Cluster/Resource').tags.CostCenter = 'other'),
    },
  ],
  'resource-name-format': [
    {
      title: 'a cluster has the name of another environment',
      apply: (stacks) => (stacks.at('compute/Cluster/Resource').name = 'ecs-cluster-dev'),
    },
    {
      title: 'a load balancer has an invalid name',
      apply: (stacks) => (stacks.at('compute/LoadBalancer/Resource').name = 'internal-rich'),
    },
    {
      title: 'two roles in two stacks have the same name',
      apply: (stacks) => (stacks.at('network/FlowLogs/Role').name = stacks.at('compute/TaskRoles/Task/Resource').name),
    },
  ],
  destroyable: [
    {
      title: 'a VPC has prevent_destroy',
      apply: (stacks) => (stacks.at('network/Vpc/Resource').lifecycle = { prevent_destroy: true }),
    },
    {
      title: 'a load balancer has deletion protection',
      apply: (stacks) => (stacks.at('compute/LoadBalancer/Resource').enable_deletion_protection = true),
    },
    { title: 'a repository has no force_delete', apply: (stacks) => delete stacks.at(repository).force_delete },
    {
      title: 'a key has a longer deletion window than configured',
      apply: (stacks) => (stacks.at('registry/Repository/Key/Resource').deletion_window_in_days = 30),
    },
  ],
  'state-backend': [
    {
      title: 'a backend has no lock',
      apply: (stacks) => delete stacks.stack('network').terraform.backend.s3.use_lockfile,
    },
    {
      title: 'two backends have the same key',
      apply: (stacks) =>
        (stacks.stack('registry').terraform.backend.s3.key = stacks.stack('network').terraform.backend.s3.key),
    },
    {
      title: 'a backend has another bucket',
      apply: (stacks) => (stacks.stack('compute').terraform.backend.s3.bucket = 'elsewhere'),
    },
  ],
  'published-values-only': [
    { title: 'a published output is missing', apply: (stacks) => delete stacks.stack('network').output.vpc_id },
    {
      title: 'an output is sensitive',
      apply: (stacks) => (stacks.stack('registry').output.repository_url.sensitive = true),
    },
  ],
  'no-hardcoded-region': [
    {
      title: 'an endpoint has a literal region',
      apply: (stacks) => (stacks.at('network/Endpoints/Logs').service_name = 'com.amazonaws.us-east-1.logs'),
    },
    {
      title: 'a policy has a literal account',
      apply: (stacks) =>
        stacks.json(
          'network/FlowLogs/Role',
          'assume_role_policy',
          (policy) => (policy.Statement[0].Condition.StringEquals['aws:SourceAccount'] = '123456789012'),
        ),
    },
    {
      title: 'an ARN has a literal partition',
      apply: (stacks) =>
        stacks.json(
          'network/FlowLogs/Permissions',
          'policy',
          (policy) => (policy.Statement[1].Resource = ['arn:aws:logs:*']),
        ),
    },
  ],
};
