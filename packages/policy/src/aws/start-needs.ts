import type { Model, Resource } from '../model/model';
import type { PolicyStatement } from '../model/policy-statements';
import { blocks, shown } from '../model/value';
import { containerLogs, containersOf } from './containers';
import { namesResource } from './resource-arns';

/** One action of the execution role at the start of a task. */
export interface StartNeed {
  readonly action: string;
  /** Name of the resource in messages. */
  readonly what: string;
  /** Whether a Resource element matches the resource. */
  readonly on: (resource: string, statement: PolicyStatement, policy: Resource) => boolean;
  /** False if it depends on unknown values. */
  readonly certain: boolean;
}

/**
 * The actions for the start of one task: pull its images, write its log streams, read its secrets.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html
 */
export function startNeeds(task: Resource, model: Model): readonly StartNeed[] {
  const containers = containersOf(task);
  const images = containers.flatMap(({ image }) => model.targets(image, task.stack).map(({ resource }) => resource));
  const repositories = [...new Set(images)].filter(({ type }) => type === 'aws_ecr_repository');
  const elsewhere = [...new Set(containers.flatMap(({ image }) => repositoryOf(shown(image))))];
  const groups = [...new Set(containerLogs(task, model).flatMap(({ group }) => group ?? []))];
  const secrets = containers.flatMap(({ secrets: some }) => blocks(some).map(({ valueFrom }) => shown(valueFrom)));
  return [
    logsIn(repositories.length > 0 || elsewhere.length > 0),
    ...repositories.flatMap((repository) =>
      pulls(repository.path, (resource, stack) => namesResource(resource, stack, repository, model)),
    ),
    ...elsewhere.flatMap((repository) => pulls(repository, (resource) => resource.endsWith(`:${repository}`))),
    ...groups.flatMap((group) => writes(group, model)),
    ...secrets.flatMap((secret) => reads(secret, secrets)),
  ];
}

function logsIn(certain: boolean): StartNeed {
  return { action: 'ecr:GetAuthorizationToken', what: '*', on: (resource) => resource === '*', certain };
}

/** `us-east-1:123456789012:repository/jobs` for an image with the address of its registry. */
function repositoryOf(image: string): readonly string[] {
  const [, account, region, name] =
    /^(\d{12})\.dkr\.ecr\.([\w-]+)\.amazonaws\.com(?:\.cn)?\/([^:@]+)/.exec(image) ?? [];
  return name === undefined ? [] : [`${String(region)}:${String(account)}:repository/${name}`];
}

function pulls(what: string, isRepository: (resource: string, stack: string) => boolean): readonly StartNeed[] {
  return ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'].map((action) => ({
    action,
    what,
    on: (resource, _, { stack }) => isRepository(resource, stack),
    certain: true,
  }));
}

/** CloudWatch Logs matches streams only. In a plan, values known after apply lack the text around their references. */
function writes(group: Resource, model: Model): readonly StartNeed[] {
  return ['logs:CreateLogStream', 'logs:PutLogEvents'].map((action) => ({
    action,
    what: `the streams of ${group.path}`,
    on: (resource, _, { stack }) =>
      (resource.endsWith(':*') || model.source === 'plan') &&
      namesResource(resource.replace(/:\*$/, ''), stack, group, model),
    certain: true,
  }));
}

/** The ARN of a secret shows its store, but not whether it has a customer managed key. */
function reads(secret: string, secrets: readonly string[]): readonly StartNeed[] {
  const isSecret = (resource: string) => resource === secret;
  const manager = secret.includes(':secretsmanager:');
  return [
    { action: 'ssm:GetParameters', what: secret, on: isSecret, certain: !manager },
    { action: 'secretsmanager:GetSecretValue', what: secret, on: isSecret, certain: manager },
    { action: 'kms:Decrypt', what: secret, on: (_, statement) => isOfSecrets(statement, secrets), certain: false },
  ];
}

/** The key of a parameter is unknown, but its encryption context is known: the parameter. */
function isOfSecrets({ conditions }: PolicyStatement, secrets: readonly string[]): boolean {
  return conditions.some(
    ({ operator, key, values }) =>
      operator === 'StringEquals' &&
      /^kms:EncryptionContext:(?:PARAMETER_ARN|SecretARN)$/.test(key) &&
      values.every((value) => secrets.includes(value)),
  );
}
