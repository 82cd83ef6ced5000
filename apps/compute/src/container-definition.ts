import type { Environment } from '@nightshift/config';
import { literal } from '@nightshift/stack';
import { writableVolumes } from './writable-volumes';

export interface ContainerDefinitionInput {
  readonly container: Environment['container'];
  readonly task: Environment['task'];
  /** Repository without tag or digest. */
  readonly repositoryUrl: string;
  readonly logGroupName: string;
  readonly region: string;
  /** The suffix of all names of the environment. */
  readonly suffix: string;
  /** The idle timeout of the load balancer. */
  readonly idleTimeoutSeconds: number;
  /** ARN of the SSM parameter by the name of the environment variable. */
  readonly secretArns: Readonly<Record<string, string>>;
}

/**
 * The container definition of the batch processor: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
 */
export function containerDefinition(input: ContainerDefinitionInput) {
  const { container, task } = input;
  const { healthCheck } = container;
  return {
    name: container.name,
    image: imageOf(input.repositoryUrl, container.image),
    essential: true,
    // The container gets all of the task (R4.1).
    cpu: task.cpu,
    memory: task.memoryMiB,
    ...(container.command.length > 0 && { command: container.command.map(literal) }),
    user: container.user,
    privileged: false,
    readonlyRootFilesystem: true,
    linuxParameters: { initProcessEnabled: true },
    portMappings: [{ containerPort: container.port, hostPort: container.port, protocol: 'tcp' }],
    mountPoints: writableVolumes.map(({ name, path }) => ({
      sourceVolume: name,
      containerPath: path,
      readOnly: false,
    })),
    // Sorted, because ECS returns them in its own order, and a different order would create a new revision.
    environment: byName({ ...literals(container.environment), ...platformVariables(input) }).map(([name, value]) => ({
      name,
      value,
    })),
    secrets: byName(input.secretArns).map(([name, valueFrom]) => ({ name, valueFrom })),
    ulimits: container.ulimits.map(({ name, softLimit, hardLimit }) => ({ name, softLimit, hardLimit })),
    healthCheck: {
      command: healthCheck.command.map(literal),
      interval: healthCheck.intervalSeconds,
      timeout: healthCheck.timeoutSeconds,
      retries: healthCheck.retries,
      startPeriod: healthCheck.startPeriodSeconds,
    },
    stopTimeout: container.stopTimeoutSeconds,
    logConfiguration: {
      logDriver: 'awslogs',
      options: {
        'awslogs-group': input.logGroupName,
        'awslogs-region': input.region,
        'awslogs-stream-prefix': container.name,
        // Non-blocking, so that calculations continue if CloudWatch Logs is slow; the buffer holds the log lines.
        mode: 'non-blocking',
        'max-buffer-size': '25m',
      },
    },
  };
}

/** The service closes idle connections later than the load balancer, so that no request arrives on a closing connection. */
const KEEP_ALIVE_MARGIN_SECONDS = 5;

/** The variables of the platform (R4.2). The schema of the environment file refuses them. */
function platformVariables(input: ContainerDefinitionInput) {
  const { port, draining } = input.container;
  return {
    ENVIRONMENT_SUFFIX: input.suffix,
    AWS_REGION: input.region,
    PORT: String(port),
    LOG_GROUP_NAME: input.logGroupName,
    ACCEPT_SECONDS: String(draining.acceptSeconds),
    DRAIN_SECONDS: String(draining.acceptSeconds + draining.jobSeconds),
    KEEP_ALIVE_SECONDS: String(input.idleTimeoutSeconds + KEEP_ALIVE_MARGIN_SECONDS),
  };
}

function literals(values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, literal(value)]));
}

function imageOf(repositoryUrl: string, image: Environment['container']['image']): string {
  return image.by === 'tag' ? `${repositoryUrl}:${image.tag}` : `${repositoryUrl}@${image.digest}`;
}

function byName(values: Readonly<Record<string, string>>): [string, string][] {
  return Object.entries(values).sort(([one], [other]) => (one < other ? -1 : 1));
}
