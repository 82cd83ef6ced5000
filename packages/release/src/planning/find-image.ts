import { DescribeImagesCommand, type ImageDetail, type ImageIdentifier } from '@aws-sdk/client-ecr';
import { UserError } from '@nightshift/errors';
import { isAnswer } from '../aws-failure';
import type { Given } from '../given';
import type { ReleaseContext } from '../release-context';
import type { ImageReference } from './image-reference';

/** An image of the environment's repository. Released is the digest: a tag names the image, the digest is it. */
export interface FoundImage {
  readonly digest: string;
  readonly tag?: string;
}

const DIGEST = /^sha256:[0-9a-f]{64}$/;
const TAG = /^\w[\w.-]{0,127}$/;

/**
 * @param image a tag or a digest.
 * @throws {UserError} when it is neither, or when there is no such image.
 */
export async function findImage(
  context: Pick<ReleaseContext, 'clients' | 'target'>,
  image: string,
): Promise<FoundImage> {
  const { target, clients } = context;
  const { repository: repositoryName } = target;
  try {
    const { imageDetails } = await clients.ecr.send(
      new DescribeImagesCommand({ repositoryName, imageIds: [identifier(image)] }),
    );
    const [{ imageDigest: digest, imageTags: [firstTag] = [] }] = imageDetails as [Given<ImageDetail, 'imageDigest'>];
    const tag = DIGEST.test(image) ? firstTag : image;
    return { digest, ...(tag !== undefined && { tag }) };
  } catch (error) {
    if (!isAnswer(error, 'ImageNotFoundException', 'RepositoryNotFoundException')) throw error;
    throw new UserError({
      where: repositoryName,
      what: isAnswer(error, 'ImageNotFoundException')
        ? 'there is no such image'
        : `there is no such repository in ${target.environment.region}`,
      got: image,
      todo: isAnswer(error, 'ImageNotFoundException')
        ? 'push it first, or name another one with --image'
        : `deploy it first: npx nx run registry:deploy -c ${target.environment.name}`,
    });
  }
}

/** The name of an image that runs, found by its digest or its tag; it may have left the repository long ago. */
export async function nameOfImage(
  context: Pick<ReleaseContext, 'clients' | 'target'>,
  { tag, digest }: Pick<ImageReference, 'tag' | 'digest'>,
): Promise<Partial<FoundImage>> {
  try {
    return await findImage(context, digest ?? String(tag));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { ...(tag !== undefined && { tag }), ...(digest !== undefined && { digest }) };
  }
}

function identifier(image: string): ImageIdentifier {
  if (DIGEST.test(image)) return { imageDigest: image };
  if (TAG.test(image)) return { imageTag: image };
  throw new UserError({
    where: '--image',
    what: 'this is neither a tag nor a digest',
    got: image,
    todo: 'write what follows the colon in the name of the image, such as --image 1.4.2, or its digest, sha256: and 64 digits',
  });
}
