import type { ECRClient } from '@aws-sdk/client-ecr';
import type { Environment } from '@nightshift/config';
import { everydayCommands, UserError } from '@nightshift/errors';
import type { ImageBehaviour } from '@nightshift/local-cloud';
import { namesFor } from '@nightshift/naming';
import { awsError } from '../../aws/aws-error';
import type { Effects } from '../../effects';
import { bundleWorkload } from './bundle-workload';

export interface PushProps {
  readonly environment: Environment;
  readonly tag: string;
  readonly behaves: ImageBehaviour;
  readonly ecr: ECRClient;
  readonly effects: Pick<Effects, 'root' | 'env' | 'spawn' | 'onSignal' | 'stdout' | 'stderr' | 'localCloud'>;
}

export interface PushedImage {
  readonly repository: string;
  readonly tag: string;
  readonly digest: string;
  readonly behaves: ImageBehaviour;
  /** False when the same image was there under this tag. */
  readonly pushed: boolean;
}

const WHERE = 'nightshift local push';
/** https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pulling-manifests */
const TAG = /^\w[\w.-]{0,127}$/;

/**
 * Builds the batch processor of this checkout and puts it into the repository of an environment on the local cloud, as an image
 * that behaves as it is told.
 * @throws {UserError} when the environment is on AWS, has no repository, or has another image under the tag.
 */
export async function pushImage({ environment, tag, behaves, ecr, effects }: PushProps): Promise<PushedImage> {
  refuseAws(environment);
  refuseTag(tag);
  const repository = namesFor(environment.suffix).of('ecr-repository');
  const bundle = await bundleWorkload(WHERE, effects);
  const { manifest, digest } = await (await effects.localCloud()).makeImage({ tag, behaves, bundle });
  const pushed = await put({ environment, tag, ecr, repository, manifest });
  return { repository, tag, digest, behaves, pushed };
}

interface PutProps extends Pick<PushProps, 'environment' | 'tag' | 'ecr'> {
  readonly repository: string;
  readonly manifest: string;
}

async function put({ environment, tag, ecr, repository, manifest }: PutProps): Promise<boolean> {
  // Loaded here and not before: it takes a fifth of a second.
  const { PutImageCommand } = await import('@aws-sdk/client-ecr');
  try {
    await ecr.send(new PutImageCommand({ repositoryName: repository, imageTag: tag, imageManifest: manifest }));
    return true;
  } catch (error) {
    const { name } = error as Error;
    if (name === 'ImageAlreadyExistsException') return false;
    if (name === 'ImageTagAlreadyExistsException') {
      const todo = 'use another tag';
      throw new UserError({ where: WHERE, what: 'the tag has another image, and tags are immutable', got: tag, todo });
    }
    if (name === 'RepositoryNotFoundException') {
      const todo = `deploy it: ${everydayCommands(environment).nxRun('registry', 'deploy')}`;
      throw new UserError({ where: WHERE, what: 'there is no such repository yet', got: repository, todo });
    }
    throw awsError(error, WHERE);
  }
}

function refuseAws({ cloud, name }: Environment): void {
  if (cloud === 'local') return;
  throw new UserError({
    where: WHERE,
    what: 'is for environments on the local cloud',
    got: name,
    todo: 'build the image with docker and push it to ECR: apps/batch-processor/README.md says how',
  });
}

function refuseTag(tag: string): void {
  if (TAG.test(tag)) return;
  throw new UserError({
    where: WHERE,
    what: 'is not a tag',
    got: tag,
    todo: 'use up to 128 letters, digits and _ . -, the first of them a letter, a digit or _',
  });
}
