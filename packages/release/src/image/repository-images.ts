import {
  BatchDeleteImageCommand,
  BatchGetImageCommand,
  DescribeImagesCommand,
  type ECRClient,
  type ImageDetail,
  PutImageCommand,
} from '@aws-sdk/client-ecr';
import { KEPT_IMAGE_TAG_PREFIX } from '@nightshift/naming';
import { type Given, isAnswer } from '../aws-answers';
import { indexTypes, partsOf } from './image-platform';

/** An image as the lifecycle policy counts it: an image index with its parts is one image. */
export interface RepositoryImage {
  readonly digest: string;
  /** The tags of users. */
  readonly tags: readonly string[];
  /** Whether a tag of a release keeps it, regardless of newer images. */
  readonly keptBy: string | undefined;
}

/** The images of a repository, newest first. None if there is no repository. */
export async function repositoryImages(ecr: ECRClient, repositoryName: string): Promise<readonly RepositoryImage[]> {
  const all = await describeImages(ecr, repositoryName);
  const parts = await partDigests(ecr, repositoryName, all);
  return all
    .filter(({ imageDigest }) => !parts.has(String(imageDigest)))
    .sort((one, other) => Number(other.imagePushedAt) - Number(one.imagePushedAt))
    .map(({ imageDigest, imageTags = [] }) => ({
      digest: String(imageDigest),
      tags: userTags(imageTags),
      keptBy: imageTags.find((tag) => tag.startsWith(KEPT_IMAGE_TAG_PREFIX)),
    }));
}

/** The tags of an image without the tag of a release. */
export function userTags(tags: readonly string[]): readonly string[] {
  return tags.filter((tag) => !tag.startsWith(KEPT_IMAGE_TAG_PREFIX));
}

async function describeImages(ecr: ECRClient, repositoryName: string): Promise<ImageDetail[]> {
  const images: ImageDetail[] = [];
  let nextToken: string | undefined;
  try {
    do {
      const page = await ecr.send(new DescribeImagesCommand({ repositoryName, nextToken }));
      images.push(...(page.imageDetails as ImageDetail[]));
      ({ nextToken } = page);
    } while (nextToken !== undefined);
  } catch (error) {
    if (!isAnswer(error, 'RepositoryNotFoundException')) throw error;
  }
  return images;
}

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_BatchGetImage.html */
const MOST_AT_ONCE = 100;

async function partDigests(
  ecr: ECRClient,
  repositoryName: string,
  all: readonly ImageDetail[],
): Promise<ReadonlySet<string>> {
  const indexes = all.filter(({ imageManifestMediaType = '' }) => indexTypes.includes(imageManifestMediaType));
  const parts = new Set<string>();
  for (let start = 0; start < indexes.length; start += MOST_AT_ONCE) {
    const imageIds = indexes.slice(start, start + MOST_AT_ONCE).map(({ imageDigest }) => ({ imageDigest }));
    const answer = await ecr.send(
      new BatchGetImageCommand({ repositoryName, imageIds, acceptedMediaTypes: indexTypes }),
    );
    const { images } = answer as Given<typeof answer, 'images'>;
    for (const { imageManifest } of images) for (const { digest } of partsOf(String(imageManifest))) parts.add(digest);
  }
  return parts;
}

/** The retention of an image: a number of further pushes, kept by a release, or deleted. */
export type Retention =
  { readonly kind: 'missing' } | { readonly kind: 'kept' } | { readonly kind: 'expires'; readonly pushes: number };

/** @param images newest first. */
export function retentionOf(
  images: readonly RepositoryImage[],
  image: RepositoryImage | undefined,
  keepImages: number,
): Retention {
  if (!image) return { kind: 'missing' };
  if (image.keptBy !== undefined) return { kind: 'kept' };
  return { kind: 'expires', pushes: Math.max(keepImages - images.indexOf(image), 0) };
}

/** Adds the tag that keeps an image. Tags are immutable, so that each image has its own. */
export async function keepImage(
  ecr: ECRClient,
  repositoryName: string,
  { digest, keptBy }: Pick<RepositoryImage, 'digest' | 'keptBy'>,
): Promise<void> {
  if (keptBy !== undefined) return;
  const answer = await ecr.send(new BatchGetImageCommand({ repositoryName, imageIds: [{ imageDigest: digest }] }));
  const [image] = (answer as Given<typeof answer, 'images'>).images;
  const imageTag = `${KEPT_IMAGE_TAG_PREFIX}${digest.slice('sha256:'.length, 'sha256:'.length + 12)}`;
  try {
    await ecr.send(
      new PutImageCommand({
        repositoryName,
        imageManifest: image?.imageManifest,
        imageManifestMediaType: image?.imageManifestMediaType,
        imageTag,
        imageDigest: digest,
      }),
    );
  } catch (error) {
    // Another command has just added it.
    if (!isAnswer(error, 'ImageAlreadyExistsException')) throw error;
  }
}

/**
 * Removes the tags that keep images, so that they can expire. AWS deletes an image with its last tag; an image that is among the newest
 * and has no other tag keeps it.
 * https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_BatchDeleteImage.html
 */
export async function letExpire(
  ecr: ECRClient,
  repositoryName: string,
  images: readonly RepositoryImage[],
  unneeded: readonly RepositoryImage[],
  keepImages: number,
): Promise<void> {
  const imageIds = unneeded
    .filter((image) => image.tags.length > 0 || images.indexOf(image) >= keepImages)
    .flatMap(({ keptBy }) => (keptBy === undefined ? [] : [{ imageTag: keptBy }]));
  if (imageIds.length > 0) await ecr.send(new BatchDeleteImageCommand({ repositoryName, imageIds }));
}
