import type { ECRClient } from '@aws-sdk/client-ecr';
import type { Environment } from '@nightshift/config';
import { namesFor } from '@nightshift/naming';
import { awsError } from '../aws/aws-error';
import { checklistLine } from '../checklist/checklist-line';
import type { Effects } from '../effects';
import { pushImage } from '../local/push/push-image';

interface FirstImageProps {
  readonly environment: Environment;
  readonly ecr: ECRClient;
  readonly effects: Effects;
}

export interface FirstImage {
  /** The service can run. */
  readonly there: boolean;
  readonly pushed: boolean;
}

/** Puts the image that the environment's file names into its repository, unless one is there: the batch processor, healthy. */
export async function firstImage({ environment, ecr, effects }: FirstImageProps): Promise<FirstImage> {
  const { stdout } = effects;
  const { image } = environment.container;
  const tell = (mark: 'OK' | 'SKIP', detail: string) => {
    stdout.write(checklistLine({ mark, title: 'image', detail }, stdout.colours));
  };
  const name = image.by === 'tag' ? image.tag : image.digest;
  if (await isThere(ecr, environment)) {
    tell('OK', `${name} is in the repository`);
    return { there: true, pushed: false };
  }
  if (image.by === 'digest') {
    tell('SKIP', `${name} is not in the repository, and only a tag says what to make`);
    return { there: false, pushed: false };
  }
  await pushImage({ environment, tag: image.tag, behaves: 'healthy', ecr, effects });
  tell('OK', `${name} is pushed: the batch processor of this checkout`);
  return { there: true, pushed: true };
}

async function isThere(ecr: ECRClient, { container: { image }, suffix }: Environment): Promise<boolean> {
  const { DescribeImagesCommand } = await import('@aws-sdk/client-ecr');
  const imageIds = [image.by === 'tag' ? { imageTag: image.tag } : { imageDigest: image.digest }];
  const repositoryName = namesFor(suffix).of('ecr-repository');
  try {
    await ecr.send(new DescribeImagesCommand({ repositoryName, imageIds }));
    return true;
  } catch (error) {
    if ((error as Error).name === 'ImageNotFoundException') return false;
    throw awsError(error, 'nightshift start');
  }
}
