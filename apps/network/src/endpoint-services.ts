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
 * The endpoints of the platform: those of R11.1, and those that `ecs execute-command` requires (`ssmmessages`, and `kms` for encrypted
 * sessions).
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/vpc-endpoints.html
 */
const REQUIRED = ['ecr.api', 'ecr.dkr', 'ecs', 'logs', 'ssmmessages', 'kms'] as const satisfies EndpointService[];

type Settings = Pick<Environment, 'container' | 'network' | 'task'>;

/** The interface endpoints of an environment, without duplicates. Only the necessary ones, because each has a price per hour and zone. */
export function endpointServices({ container, network, task }: Settings): EndpointService[] {
  const parameters =
    Object.keys(container.secrets).length > 0 ||
    task.statements.some(({ actions }) => actions.some((action) => action.startsWith('ssm:')));
  return [...REQUIRED, ...(parameters ? (['ssm'] as const) : []), ...network.endpoints];
}
