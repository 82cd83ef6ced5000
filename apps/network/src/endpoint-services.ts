import type { Environment } from '@nightshift/config';

/**
 * Services with an interface endpoint, and the prefix of their actions in IAM.
 * https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html
 */
export const iamPrefixes = {
  'ecr.api': 'ecr',
  'ecr.dkr': 'ecr',
  ecs: 'ecs',
  'ecs-agent': 'ecs',
  'ecs-telemetry': 'ecs',
  events: 'events',
  'kinesis-streams': 'kinesis',
  kms: 'kms',
  logs: 'logs',
  monitoring: 'cloudwatch',
  secretsmanager: 'secretsmanager',
  sns: 'sns',
  sqs: 'sqs',
  ssm: 'ssm',
  ssmmessages: 'ssmmessages',
  states: 'states',
  sts: 'sts',
} as const;

/** The last part of `com.amazonaws.<region>.<service>`. */
export type EndpointService = keyof typeof iamPrefixes;

/**
 * What the platform needs itself: those that are required (R11.1), and those without which, behind the tasks' security group,
 * `ecs execute-command` hangs (`ssmmessages`, and `kms` as its sessions are encrypted).
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/vpc-endpoints.html
 */
const REQUIRED = ['ecr.api', 'ecr.dkr', 'ecs', 'logs', 'ssmmessages', 'kms'] as const satisfies EndpointService[];

type Settings = Pick<Environment, 'container' | 'network' | 'task'>;

/** The interface endpoints of an environment, each once. Every one costs money by the hour and zone, so there are no more. */
export function endpointServices({ container, network, task }: Settings): EndpointService[] {
  const parameters =
    Object.keys(container.secrets).length > 0 ||
    task.statements.some(({ actions }) => actions.some((action) => action.startsWith('ssm:')));
  return [...REQUIRED, ...(parameters ? (['ssm'] as const) : []), ...network.endpoints];
}
