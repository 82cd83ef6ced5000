import { DescribeImagesCommand, type ECRClient, type ImageDetail, type ImageIdentifier } from '@aws-sdk/client-ecr';
import { everydayCommands, UserError } from '@nightshift/errors';
import { isAnswer } from '../aws-answers';
import type { ImageReference } from './image-name';
import { digestForTasks, type WantedImage } from './image-platform';
import { userTags } from './repository-images';

/** An image of the repository. */
export interface FoundImage {
  /** The digest of a tag. A release uses it. */
  readonly wholeDigest: string;
  /** The digest that ECR scans: the same, or the part of an image index that tasks run. */
  readonly digest: string;
  readonly tags: readonly string[];
  readonly pushedAt: Date;
}

/** AWS returns these for every image. */
type Described = ImageDetail & { readonly imageDigest: string; readonly imagePushedAt: Date };

/** @throws {UserError} when the repository or the image does not exist, or when tasks cannot run the image. */
export async function findImage(wanted: WantedImage): Promise<FoundImage> {
  const { ecr, repository, image } = wanted;
  const described = await describeImage(ecr, repository, image.identifier).catch((error: unknown) => {
    throw isAnswer(error, 'RepositoryNotFoundException') ? noRepository(wanted) : error;
  });
  if (!described) throw await noImage(wanted);
  const { imageDigest, imageTags = [], imagePushedAt: pushedAt, imageManifestMediaType } = described;
  const digest = await digestForTasks(wanted, imageDigest, String(imageManifestMediaType));
  return { wholeDigest: imageDigest, digest, tags: userTags(imageTags), pushedAt };
}

/** Digest and tag of a running image. If the repository no longer has it, those in its task definition. */
export async function imageThatRuns(
  ecr: ECRClient,
  repository: string,
  { tag, digest }: Pick<ImageReference, 'tag' | 'digest'>,
): Promise<Pick<ImageReference, 'tag' | 'digest'>> {
  const identifier = digest === undefined ? { imageTag: tag } : { imageDigest: digest };
  const described = await describeImage(ecr, repository, identifier).catch((error: unknown) => {
    if (!isAnswer(error, 'RepositoryNotFoundException')) throw error;
    return undefined;
  });
  return versionOf(
    described?.imageDigest ?? digest,
    digest === undefined ? tag : userTags(described?.imageTags ?? [])[0],
  );
}

/** Whether the repository has the image of a version. For a version without an image, the task definition decides. */
export async function hasImage(
  ecr: ECRClient,
  repository: string,
  { tag, digest }: { readonly tag?: string | undefined; readonly digest?: string | undefined },
): Promise<boolean> {
  if (digest === undefined && tag === undefined) return true;
  const identifier = digest === undefined ? { imageTag: tag } : { imageDigest: digest };
  return (await describeImage(ecr, repository, identifier)) !== undefined;
}

/** Without undefined fields. */
export function versionOf(digest: string | undefined, tag: string | undefined): Pick<ImageReference, 'tag' | 'digest'> {
  return { ...(digest !== undefined && { digest }), ...(tag !== undefined && { tag }) };
}

async function describeImage(
  ecr: ECRClient,
  repositoryName: string,
  identifier: ImageIdentifier,
): Promise<Described | undefined> {
  try {
    const answer = await ecr.send(new DescribeImagesCommand({ repositoryName, imageIds: [identifier] }));
    return answer.imageDetails?.[0] as Described;
  } catch (error) {
    if (isAnswer(error, 'ImageNotFoundException')) return undefined;
    throw error;
  }
}

function noRepository({ repository, environment }: WantedImage): UserError {
  return new UserError({
    where: repository,
    what: `the repository does not exist in ${environment.region}`,
    todo: `deploy it first: ${everydayCommands(environment).nxRun('registry', 'deploy')}`,
  });
}

async function noImage({ ecr, repository, image }: WantedImage): Promise<UserError> {
  const tags = await newestTags(ecr, repository);
  return new UserError({
    where: repository,
    what: 'the image does not exist',
    got: image.text,
    todo:
      tags.length === 0
        ? 'push it first; no image in the repository has a tag'
        : `push it first, or use one of the newest: ${tags.join(', ')}`,
  });
}

/** Number of tags in a message. */
const NEWEST = 5;

/** The newest tags, newest first. */
async function newestTags(ecr: ECRClient, repositoryName: string): Promise<readonly string[]> {
  const images: ImageDetail[] = [];
  let nextToken: string | undefined;
  do {
    const filter = { tagStatus: 'TAGGED' } as const;
    const page = await ecr.send(new DescribeImagesCommand({ repositoryName, filter, nextToken }));
    images.push(...(page.imageDetails as ImageDetail[]));
    ({ nextToken } = page);
  } while (nextToken !== undefined);
  return images
    .sort((one, other) => Number(other.imagePushedAt) - Number(one.imagePushedAt))
    .flatMap(({ imageTags = [] }) => userTags(imageTags))
    .slice(0, NEWEST);
}
