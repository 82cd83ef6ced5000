import type { Json, Mutable, MutationTable } from './mutation.fixture';

const CLUSTER = 'compute/Cluster/Resource';
const TASK = 'compute/TaskDefinition/Resource';
const SERVICE = 'compute/Service/Resource';

/** Faults that rules about the service and what runs in it have to see. */
export const computeMutations: MutationTable = {
  'insights-on': [
    {
      title: 'Container Insights is off',
      apply: (stacks) => {
        stacks.at(CLUSTER).setting = [{ name: 'containerInsights', value: 'disabled' }];
      },
    },
    {
      title: 'ECS makes the log group of Container Insights',
      apply: (stacks) => stacks.remove('compute/Logs/Insights'),
    },
    {
      title: 'the cluster is made before its log group',
      apply: (stacks) => {
        stacks.at(CLUSTER).depends_on = [];
      },
    },
    {
      title: 'the log group of Container Insights is not encrypted',
      apply: (stacks) => {
        delete stacks.at('compute/Logs/Insights').kms_key_id;
      },
    },
    {
      title: 'the log group of Container Insights is kept for ever',
      apply: (stacks) => {
        delete stacks.at('compute/Logs/Insights').retention_in_days;
      },
    },
  ],
  'exec-audited': [
    {
      title: 'sessions are logged wherever the task logs',
      apply: (stacks) => {
        stacks.at(CLUSTER).configuration.execute_command_configuration.logging = 'DEFAULT';
      },
    },
    {
      title: 'sessions are encrypted with a key of AWS',
      apply: (stacks) => {
        delete stacks.at(CLUSTER).configuration.execute_command_configuration.kms_key_id;
      },
    },
    {
      title: 'the log of sessions is not encrypted',
      apply: (stacks) => {
        delete stacks.at('compute/Logs/Exec').kms_key_id;
      },
    },
    {
      title: 'sessions are logged to a group that nobody makes',
      apply: (stacks) => {
        const { log_configuration } = stacks.at(CLUSTER).configuration.execute_command_configuration;
        log_configuration.cloud_watch_log_group_name = 'log-group-other-rich';
      },
    },
  ],
  'fargate-size-legal': [
    {
      title: 'memory is not offered with the CPU',
      apply: (stacks) => {
        stacks.at(TASK).memory = '2048';
      },
    },
    {
      title: 'CPU is none that Fargate offers',
      apply: (stacks) => {
        stacks.at(TASK).cpu = '2000';
      },
    },
    {
      title: 'the size is legal, but another than configured',
      apply: (stacks) => {
        stacks.at(TASK).memory = '8192';
      },
    },
    { title: 'the container has no limit', apply: (stacks) => container(stacks, (one) => delete one.memory) },
    { title: 'the container is larger than the task', apply: (stacks) => container(stacks, (one) => (one.cpu = 4096)) },
  ],
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
  'spot-share': [
    {
      title: 'the service has no Spot',
      apply: (stacks) => {
        stacks.at(SERVICE).capacity_provider_strategy = [{ capacity_provider: 'FARGATE', base: 0, weight: 100 }];
      },
    },
    {
      title: 'the default of the cluster is half and half',
      apply: (stacks) => {
        const { default_capacity_provider_strategy } = stacks.at('compute/Cluster/CapacityProviders');
        for (const share of default_capacity_provider_strategy) share.weight = 50;
      },
    },
    {
      title: 'a launch type takes the place of the shares',
      apply: (stacks) => {
        stacks.at(SERVICE).launch_type = 'FARGATE';
      },
    },
    {
      title: 'both providers have a base',
      apply: (stacks) => {
        for (const share of stacks.at(SERVICE).capacity_provider_strategy) share.base = 1;
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
