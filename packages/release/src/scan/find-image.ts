import { DescribeImagesCommand, type ECRClient, type ImageDetail } from '@aws-sdk/client-ecr';
import type { Environment } from '@nightshift/config';
import { everydayCommands, UserError } from '@nightshift/errors';
import type { ImageName } from './image-name';
import { newestTags } from './newest-tags';
import { isIndex, partForTasks } from './part-for-tasks';

export interface WantedImage {
  readonly ecr: ECRClient;
  readonly repository: string;
  readonly image: ImageName;
  readonly environment: Environment;
}

/** An image of the repository. */
export interface FoundImage {
  /** What a tag stands for. */
  readonly wholeDigest: string;
  /** What ECR scans: the same, or of a list of images the one that tasks run. */
  readonly digest: string;
  readonly tags: readonly string[];
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
    const { imageDigest, imageTags: tags = [], imagePushedAt: pushedAt, imageManifestMediaType } = detail;
    const digest = isIndex(imageManifestMediaType) ? await partForTasks(wanted, imageDigest) : imageDigest;
    return { wholeDigest: imageDigest, digest, tags, pushedAt };
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
