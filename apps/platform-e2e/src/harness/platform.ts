import { BatchGetImageCommand, ECRClient, PutImageCommand } from '@aws-sdk/client-ecr';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { Environment } from '@nightshift/config';
import { loadEnvironment } from '@nightshift/config';
import { namesFor, type Names } from '@nightshift/naming';
import { join } from 'node:path';
import { only } from './only';
import type { Run, RunOptions, Workspace } from './workspace';

/** The cloud of the tests: the local cloud, or a real account (with the credentials of the shell). */
export type Target = 'local' | 'aws';

/** The URL of the local cloud, and its key. */
export interface LocalEndpoint {
  readonly url: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

export interface ClientConfig {
  readonly region: string;
  readonly endpoint?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

interface PlatformProps {
  readonly workspace: Workspace;
  /** The name of the environment's file. */
  readonly configuration: string;
  /** @default - the configuration, as for every environment with a file of its own */
  readonly suffix?: string;
  /** Additional variables of the shell. */
  readonly env?: Readonly<Record<string, string>>;
}

/** One environment, controlled by user commands and observed through AWS APIs. */
export class Platform {
  readonly environment: Environment;
  readonly names: Names;
  private endpoint: LocalEndpoint | undefined;

  constructor(private readonly props: PlatformProps) {
    const { workspace, configuration, suffix } = props;
    const directory = join(workspace.directory, 'environments');
    this.environment = loadEnvironment({ directory, name: configuration, ...(suffix !== undefined && { suffix }) });
    this.names = namesFor(this.environment.suffix);
  }

  get suffix(): string {
    return this.environment.suffix;
  }

  /** All stacks: `npx nx run-many -t <target> -c <configuration>`. */
  async all(target: string, options: RunOptions = {}): Promise<Run> {
    return await this.command(`npx nx run-many -t ${target} -c ${this.props.configuration}`, options);
  }

  /** All stacks as in a pipeline: without `npx`, which does not forward signals. */
  async inPipeline(target: string, options: RunOptions = {}): Promise<Run> {
    return await this.command(`node_modules/.bin/nx run-many -t ${target} -c ${this.props.configuration}`, options);
  }

  /** One stack: `npx nx run <stack>:<target> -c <configuration>`. */
  async one(stack: string, target: string, options: RunOptions = {}): Promise<Run> {
    return await this.command(`npx nx run ${stack}:${target} -c ${this.props.configuration}`, options);
  }

  /** `npx nightshift <words> -c <configuration>`. */
  async nightshift(words: string, options: RunOptions = {}): Promise<Run> {
    return await this.command(`npx nightshift ${words} -c ${this.props.configuration}`, options);
  }

  /** The same without `npx`, which ends immediately on a signal. */
  async direct(words: string, options: RunOptions = {}): Promise<Run> {
    return await this.command(`node_modules/.bin/nightshift ${words} -c ${this.props.configuration}`, options);
  }

  private async command(command: string, options: RunOptions): Promise<Run> {
    const { workspace, suffix, env } = this.props;
    const own = suffix === undefined ? {} : { ENVIRONMENT_SUFFIX: suffix };
    return await workspace.run(command, { ...options, env: { ...own, ...env, ...options.env } });
  }

  /** Points clients to the local cloud. */
  useEndpoint(endpoint: LocalEndpoint): this {
    this.endpoint = endpoint;
    return this;
  }

  localEndpoint(): LocalEndpoint {
    if (this.endpoint === undefined) throw new Error('not on the local cloud');
    return this.endpoint;
  }

  /** Writes an object to the state bucket. */
  async putObject(Key: string, Body: string): Promise<void> {
    const { bucket } = this.environment.state;
    await this.aws(S3Client).send(new PutObjectCommand({ Bucket: bucket, Key, Body }));
  }

  /** Pushes the first image of another environment as soon as the repository exists: a deployment needs it. Both are in the local cloud. */
  async pushImageOf(other: Platform, timeoutSeconds = 300): Promise<void> {
    const imageTag = 'initial';
    const found = await other
      .aws(ECRClient)
      .send(new BatchGetImageCommand({ repositoryName: other.names.of('ecr-repository'), imageIds: [{ imageTag }] }));
    const { imageManifest } = only(found.images);
    const put = new PutImageCommand({ repositoryName: this.names.of('ecr-repository'), imageTag, imageManifest });
    for (let second = 0; ; second += 1) {
      try {
        await this.aws(ECRClient).send(put);
        return;
      } catch (error) {
        if ((error as Error).name === 'ImageAlreadyExistsException') return;
        if ((error as Error).name !== 'RepositoryNotFoundException' || second === timeoutSeconds) throw error;
        await new Promise((resolve) => setTimeout(resolve, 1000));
      }
    }
  }

  /** A client of the AWS SDK for this environment: `platform.aws(ECSClient)`. */
  aws<Client>(client: new (config: ClientConfig) => Client): Client {
    const { region } = this.environment;
    return this.endpoint === undefined
      ? new client({ region })
      : new client({ region, endpoint: this.endpoint.url, credentials: this.endpoint.credentials });
  }
}
