import type { Environment } from '@nightshift/config';
import { everydayCommands, type EverydayCommands } from '@nightshift/errors';
import { namesFor } from '@nightshift/naming';

/** The resources of a release, as names instead of ARNs: names are derived from the environment, without Terraform's state. */
export interface ReleaseTarget {
  readonly environment: Environment;
  readonly suffix: string;
  /** Commands for messages; right for an ephemeral environment, too. */
  readonly commands: EverydayCommands;
  readonly cluster: string;
  readonly service: string;
  /** Name of the CodeDeploy application. */
  readonly application: string;
  readonly deploymentGroup: string;
  /** Family of the task definition. */
  readonly family: string;
  readonly containerName: string;
  readonly containerPort: number;
  readonly repository: string;
  /** Holds Terraform's state and the records of releases. */
  readonly bucket: string;
  /** `service/<cluster>/<service>`, as Application Auto Scaling calls the service. */
  readonly scalableResourceId: string;
  /** The log group of the container. */
  readonly logGroup: string;
}

/** The target in an environment, by the names that its stacks give (R0.8). */
export function releaseTarget(environment: Environment): ReleaseTarget {
  const names = namesFor(environment.suffix);
  const { name: containerName, port: containerPort } = environment.container;
  const cluster = names.of('ecs-cluster');
  const service = names.of('ecs-service');
  return {
    environment,
    suffix: environment.suffix,
    commands: everydayCommands(environment),
    cluster,
    service,
    application: names.of('codedeploy-app'),
    deploymentGroup: names.of('codedeploy-group'),
    family: names.of('ecs-task'),
    containerName,
    containerPort,
    repository: names.of('ecr-repository'),
    bucket: environment.state.bucket,
    scalableResourceId: `service/${cluster}/${service}`,
    logGroup: names.of('log-group', `container-${containerName}`),
  };
}

/** An AWS CLI command for messages, for the cloud of the environment. */
export function awsCommand({ cloud, region }: Pick<Environment, 'cloud' | 'region'>, command: string): string {
  const line = `aws ${command} --region ${region}`;
  return cloud === 'local' ? `npx nightshift local exec -- ${line}` : line;
}
