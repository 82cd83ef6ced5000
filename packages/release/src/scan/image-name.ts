import type { ImageIdentifier } from '@aws-sdk/client-ecr';
import { UserError } from '@nightshift/errors';

/** An image of the environment's repository, as the user names it. */
export interface ImageName {
  readonly text: string;
  readonly identifier: ImageIdentifier;
}

const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST = /^sha256:[0-9a-f]{64}$/;

/**
 * @param where the command that it was given to.
 * @throws {UserError} when it is neither a tag nor a digest.
 */
export function imageName(text: string | undefined, where: string): ImageName {
  if (text !== undefined && TAG.test(text)) return { text, identifier: { imageTag: text } };
  if (text !== undefined && DIGEST.test(text)) return { text, identifier: { imageDigest: text } };
  throw new UserError({
    where,
    what: text === undefined ? 'no image is named' : 'this is neither a tag nor a digest',
    got: text,
    todo: 'add --image and what follows the colon in the name of the image, such as --image 1.4.2, or its digest, sha256: and 64 digits',
  });
}
