import type { Json, Mutable, MutationTable } from './mutation.fixture';

const TASK = 'compute/TaskDefinition/Resource';

/** Faults in the service and its tasks that rules must find. */
export const computeMutations: MutationTable = {
  'container-hardened': [
    {
      title: 'the root file system is writable',
      apply: (stacks) => container(stacks, (one) => delete one.readonlyRootFilesystem),
    },
    { title: 'processes run as root', apply: (stacks) => container(stacks, (one) => (one.user = '0:0')) },
    { title: 'the container definition has no user', apply: (stacks) => container(stacks, (one) => delete one.user) },
    { title: 'the container is privileged', apply: (stacks) => container(stacks, (one) => (one.privileged = true)) },
    {
      title: 'the container has no init process',
      apply: (stacks) => container(stacks, (one) => delete one.linuxParameters),
    },
    {
      title: 'the stop timeout exceeds the two-minute warning of Spot',
      apply: (stacks) => container(stacks, (one) => (one.stopTimeout = 180)),
    },
    { title: 'the container has no ulimits', apply: (stacks) => container(stacks, (one) => (one.ulimits = [])) },
    {
      title: 'the container has no health check',
      apply: (stacks) => container(stacks, (one) => delete one.healthCheck),
    },
  ],
  'no-secret-in-environment': [
    { title: 'a password is a plain variable', apply: variable('DB_PASSWORD', 'hunter2') },
    { title: 'AWS credentials are a plain variable', apply: variable('AWS_SECRET_ACCESS_KEY', 'x') },
    { title: 'a URL contains a password', apply: variable('FEED', 'https://risk:hunter2@feed.example.com') },
  ],
  'no-secret-in-state': [
    {
      title: 'Terraform writes an SSM parameter with a secret',
      apply: (stacks) => {
        stacks.add('compute', 'aws_ssm_parameter', 'Feed', { name: '/feed', type: 'SecureString', value: 'hunter2' });
      },
    },
    {
      title: 'Terraform writes a secret version',
      apply: (stacks) => {
        const secret = { secret_id: 'feed', secret_string: '${random_password.Feed.result}' };
        stacks.add('compute', 'aws_secretsmanager_secret_version', 'Feed', secret);
      },
    },
  ],
};

function container(stacks: Mutable, change: (container: Json) => void): void {
  stacks.json(TASK, 'container_definitions', (containers) => change(containers[0]));
}

function variable(name: string, value: string): (stacks: Mutable) => void {
  return (stacks) => container(stacks, ({ environment }) => environment.push({ name, value }));
}
