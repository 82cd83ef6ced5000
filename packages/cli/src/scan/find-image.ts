import { DescribeImagesCommand, type ECRClient, type ImageDetail } from '@aws-sdk/client-ecr';
import type { Environment } from '@nightshift/config';
import { UserError } from '@nightshift/errors';
import { everydayCommands } from '../everyday-commands';
import type { ImageName } from './image-name';
import { newestTags } from './newest-tags';
import { isIndex, partForTasks } from './part-for-tasks';

export interface WantedImage {
  readonly ecr: ECRClient;
  readonly repository: string;
  readonly image: ImageName;
  readonly environment: Environment;
}

/** An image that ECR can scan. */
export interface FoundImage {
  readonly digest: string;
  readonly pushedAt: Date;
}

/** AWS gives these for every image. */
type Described = ImageDetail & { readonly imageDigest: string; readonly imagePushedAt: Date };

/** @throws {UserError} when the repository or the image is not there. */
export async function findImage(wanted: WantedImage): Promise<FoundImage> {
  const { ecr, repository: repositoryName, image } = wanted;
  try {
    const answer = await ecr.send(new DescribeImagesCommand({ repositoryName, imageIds: [image.identifier] }));
    const [detail] = answer.imageDetails as [Described];
    const { imageDigest, imagePushedAt: pushedAt, imageManifestMediaType } = detail;
    const digest = isIndex(imageManifestMediaType) ? await partForTasks(wanted, imageDigest) : imageDigest;
    return { digest, pushedAt };
  } catch (error) {
    const { name } = error as Error;
    if (name === 'RepositoryNotFoundException') throw noRepository(wanted);
    if (name === 'ImageNotFoundException') throw await noImage(wanted);
    throw error;
  }
}

function noRepository({ repository, environment }: WantedImage): UserError {
  return new UserError({
    where: repository,
    what: `there is no such repository in ${environment.region}`,
    todo: `deploy it first: ${everydayCommands(environment).nxRun('registry', 'deploy')}`,
  });
}

async function noImage({ ecr, repository, image }: WantedImage): Promise<UserError> {
  const tags = await newestTags(ecr, repository);
  return new UserError({
    where: repository,
    what: 'there is no such image',
    got: image.text,
    todo: tags.length === 0 ? 'push it: no image has a tag' : `push it, or take one of the newest: ${tags.join(', ')}`,
  });
}
