import type { Model, Resource } from '../model/model';
import { at, blocks, texts } from '../model/value';
import { containersOf } from './containers';
import { allowedBy, policiesOf } from './identity-policies';

/** An endpoint that tasks need, and the reason. */
export interface EndpointNeed {
  /** The last part of `com.amazonaws.<region>.<service>`. */
  readonly service: string;
  readonly for: string;
}

/**
 * Services with gateway endpoints; all others have interface endpoints:
 * https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html
 */
export const GATEWAY_SERVICES: readonly string[] = ['s3', 'dynamodb'];

/**
 * The endpoint of a service by the prefix of its actions, if the two differ.
 * https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html
 */
const ENDPOINT_OF_PREFIX: Readonly<Record<string, string>> = {
  cloudwatch: 'monitoring',
  dynamodb: 'dynamodb',
  events: 'events',
  kinesis: 'kinesis-streams',
  kms: 'kms',
  logs: 'logs',
  s3: 's3',
  secretsmanager: 'secretsmanager',
  sns: 'sns',
  sqs: 'sqs',
  ssm: 'ssm',
  ssmmessages: 'ssmmessages',
  states: 'states',
  sts: 'sts',
};

/**
 * The endpoints for the start of tasks, logs, ECS Exec and secrets, for the actions of the task role, and those in the environment file.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/vpc-endpoints.html
 */
export function endpointNeeds(service: Resource, model: Model): readonly EndpointNeed[] {
  const tasks = model.behind(service, 'task_definition', 'aws_ecs_task_definition');
  const named = model.environment?.network.endpoints ?? [];
  const all = [
    ...need('the image', 'ecr.api', 'ecr.dkr', 's3'),
    ...need('the tasks themselves (R11.1)', 'ecs'),
    ...need('logs (R11.1)', 'logs'),
    ...sessions(service, model),
    ...tasks.flatMap(secrets),
    ...tasks.flatMap((task) => permitted(task, model)),
    ...named.flatMap((one) => need('network.endpoints of the environment file', one)),
  ];
  return all.filter((one, index) => all.findIndex((other) => other.service === one.service) === index);
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html#ecs-exec-considerations */
function sessions(service: Resource, model: Model): EndpointNeed[] {
  if (service.attributes['enable_execute_command'] !== true) return [];
  const encrypted = model
    .behind(service, 'cluster', 'aws_ecs_cluster')
    .some(({ attributes }) => at(attributes, 'configuration.execute_command_configuration.kms_key_id') !== undefined);
  return need('sessions of ECS Exec', 'ssmmessages', ...(encrypted ? ['kms'] : []));
}

function secrets(task: Resource): EndpointNeed[] {
  const sources = containersOf(task).flatMap((container) =>
    blocks(container['secrets']).flatMap((one) => texts(one['valueFrom'])),
  );
  return sources.flatMap((source) =>
    need('secrets of the container', source.includes(':secretsmanager:') ? 'secretsmanager' : 'ssm'),
  );
}

function permitted(task: Resource, model: Model): EndpointNeed[] {
  const [role] = model.behind(task, 'task_role_arn', 'aws_iam_role');
  const policies = (role && policiesOf(role, model)) ?? [];
  return policies
    .flatMap((policy) => allowedBy(policy).flatMap(({ actions }) => actions))
    .flatMap((action) => {
      const endpoint = ENDPOINT_OF_PREFIX[String(action.split(':')[0])];
      return endpoint === undefined ? [] : need(`${action} of the task role`, endpoint);
    });
}

function need(reason: string, ...services: readonly string[]): EndpointNeed[] {
  return services.map((service) => ({ service, for: reason }));
}

/** Names of endpoint services and of prefix lists: `com.amazonaws.<region>.<service>`, the region often a token. */
const NAME = /^com\.amazonaws\.(?:\$\{[^}]*\}|[\w-]+)\.(.+)$/;

/** Returns `ecr.api` for `com.amazonaws.us-east-1.ecr.api`, and any other text unchanged. */
export function serviceOfName(name: string): string {
  return NAME.exec(name)?.[1] ?? name;
}
