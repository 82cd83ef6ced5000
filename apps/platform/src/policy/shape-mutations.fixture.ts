import type { MutationTable } from './mutation.fixture';

const repository = 'registry/Repository/Resource';

/** Faults in names, tags, states and published values, and in the registry, that rules must find. */
export const shapeMutations: MutationTable = {
  'tags-required': [
    { title: 'a resource without tags', apply: (stacks) => delete stacks.at('network/Vpc/Resource').tags },
    {
      title: 'a resource that another cost centre pays for',
      apply: (stacks) => (stacks.at('compute/Cluster/Resource').tags.CostCenter = 'other'),
    },
  ],
  'resource-name-format': [
    {
      title: 'a cluster named after another environment',
      apply: (stacks) => (stacks.at('compute/Cluster/Resource').name = 'ecs-cluster-dev'),
    },
    {
      title: 'a load balancer with a name that AWS does not accept',
      apply: (stacks) => (stacks.at('compute/LoadBalancer/Resource').name = 'internal-rich'),
    },
    {
      title: 'two roles of one name, in two stacks',
      apply: (stacks) => (stacks.at('network/FlowLogs/Role').name = stacks.at('compute/TaskRoles/Task/Resource').name),
    },
  ],
  destroyable: [
    {
      title: 'a VPC that Terraform would not destroy',
      apply: (stacks) => (stacks.at('network/Vpc/Resource').lifecycle = { prevent_destroy: true }),
    },
    {
      title: 'a load balancer with deletion protection',
      apply: (stacks) => (stacks.at('compute/LoadBalancer/Resource').enable_deletion_protection = true),
    },
    { title: 'a repository that keeps its images', apply: (stacks) => delete stacks.at(repository).force_delete },
    {
      title: 'a key that is kept for longer than configured',
      apply: (stacks) => (stacks.at('registry/Repository/Key/Resource').deletion_window_in_days = 30),
    },
  ],
  'state-backend': [
    {
      title: 'a state without a lock',
      apply: (stacks) => delete stacks.stack('network').terraform.backend.s3.use_lockfile,
    },
    {
      title: 'two stacks under one key',
      apply: (stacks) =>
        (stacks.stack('registry').terraform.backend.s3.key = stacks.stack('network').terraform.backend.s3.key),
    },
    {
      title: 'a state in another bucket',
      apply: (stacks) => (stacks.stack('compute').terraform.backend.s3.bucket = 'elsewhere'),
    },
  ],
  'published-values-only': [
    { title: 'an output that is gone', apply: (stacks) => delete stacks.stack('network').output.vpc_id },
    {
      title: 'a sensitive output',
      apply: (stacks) => (stacks.stack('registry').output.repository_url.sensitive = true),
    },
  ],
  'no-hardcoded-region': [
    {
      title: 'an endpoint of one region',
      apply: (stacks) => (stacks.at('network/Endpoints/Logs').service_name = 'com.amazonaws.us-east-1.logs'),
    },
    {
      title: 'an account in a policy',
      apply: (stacks) =>
        stacks.json(
          'network/FlowLogs/Role',
          'assume_role_policy',
          (policy) => (policy.Statement[0].Condition.StringEquals['aws:SourceAccount'] = '123456789012'),
        ),
    },
    {
      title: 'a partition in an ARN',
      apply: (stacks) =>
        stacks.json(
          'network/FlowLogs/Permissions',
          'policy',
          (policy) => (policy.Statement[1].Resource = ['arn:aws:logs:*']),
        ),
    },
  ],
};
