import type { ImageIdentifier } from '@aws-sdk/client-ecr';
import { UserError } from '@nightshift/errors';

/** An image of the environment's repository, as entered by the user. */
export interface ImageName {
  readonly text: string;
  readonly identifier: ImageIdentifier;
}

// https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ImageIdentifier.html
const TAG = '\\w[\\w.-]{0,127}';
const DIGEST = 'sha256:[0-9a-f]{64}';

const isTag = new RegExp(`^${TAG}$`);
const isDigest = new RegExp(`^${DIGEST}$`);
const reference = new RegExp(`^(.*?)(?::(${TAG}))?(?:@(${DIGEST}))?$`);

/**
 * @param where the command that takes the name.
 * @throws {UserError} when it is neither a tag nor a digest.
 */
export function imageName(text: string | undefined, where: string): ImageName {
  if (text !== undefined && isTag.test(text)) return { text, identifier: { imageTag: text } };
  if (text !== undefined && isDigest.test(text)) return { text, identifier: { imageDigest: text } };
  throw new UserError({
    where,
    what: text === undefined ? 'no image specified' : 'the image is neither a tag nor a digest',
    got: text,
    todo: 'pass a tag, such as --image 1.4.2, or a digest: sha256: and 64 hexadecimal digits',
  });
}

/** An image as a task definition names it. */
export interface ImageReference {
  /** Registry and repository. */
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: string;
}

/** Such as `123456789012.dkr.ecr.us-east-1.amazonaws.com/risk:1.4.2`, or with `@sha256:…` */
export function imageReference(text: string): ImageReference {
  const [, repository, tag, digest] = reference.exec(text) as unknown as [string, string, string?, string?];
  return { repository, ...(tag !== undefined && { tag }), ...(digest !== undefined && { digest }) };
}

/** The name of a version for people: the tag, or the first 12 digits of the digest. */
export function versionName({
  tag,
  digest,
}: {
  readonly tag?: string | undefined;
  readonly digest?: string | undefined;
}): string {
  return tag ?? digest?.slice('sha256:'.length, 'sha256:'.length + 12) ?? 'unknown';
}
