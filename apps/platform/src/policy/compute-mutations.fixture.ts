import type { Json, Mutable, MutationTable } from './mutation.fixture';

const TASK = 'compute/TaskDefinition/Resource';

/** Faults in the service and its tasks that rules must find. */
export const computeMutations: MutationTable = {
  'container-hardened': [
    {
      title: 'the root file system can be written',
      apply: (stacks) => container(stacks, (one) => delete one.readonlyRootFilesystem),
    },
    { title: 'processes run as root', apply: (stacks) => container(stacks, (one) => (one.user = '0:0')) },
    { title: 'the user is what the image says', apply: (stacks) => container(stacks, (one) => delete one.user) },
    { title: 'the container is privileged', apply: (stacks) => container(stacks, (one) => (one.privileged = true)) },
    {
      title: 'nothing reaps ended processes',
      apply: (stacks) => container(stacks, (one) => delete one.linuxParameters),
    },
    {
      title: 'stopping takes longer than Spot waits',
      apply: (stacks) => container(stacks, (one) => (one.stopTimeout = 180)),
    },
    { title: 'there are no limits', apply: (stacks) => container(stacks, (one) => (one.ulimits = [])) },
    { title: 'there is no health check', apply: (stacks) => container(stacks, (one) => delete one.healthCheck) },
  ],
  'no-secret-in-environment': [
    { title: 'a password is a plain variable', apply: variable('DB_PASSWORD', 'hunter2') },
    { title: 'credentials of AWS are a plain variable', apply: variable('AWS_SECRET_ACCESS_KEY', 'x') },
    { title: 'a URL has a password in it', apply: variable('FEED', 'https://risk:hunter2@feed.example.com') },
  ],
  'no-secret-in-state': [
    {
      title: 'a secret is written by Terraform',
      apply: (stacks) => {
        stacks.add('compute', 'aws_ssm_parameter', 'Feed', { name: '/feed', type: 'SecureString', value: 'hunter2' });
      },
    },
    {
      title: 'a secret version is written by Terraform',
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
