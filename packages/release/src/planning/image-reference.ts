/** An image as a task definition names it. */
export interface ImageReference {
  /** Registry and repository. */
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: string;
}

/** Such as `123456789012.dkr.ecr.us-east-1.amazonaws.com/risk:1.4.2`, or with `@sha256:…` */
export function imageReference(text: string): ImageReference {
  const parts = /^(.*?)(?::(\w[\w.-]{0,127}))?(?:@(sha256:[0-9a-f]{64}))?$/.exec(text);
  const [, repository, tag, digest] = parts as unknown as [string, string, string?, string?];
  return { repository, ...(tag !== undefined && { tag }), ...(digest !== undefined && { digest }) };
}

/** How people tell versions apart: the tag, or the beginning of the digest. */
export function versionName({
  tag,
  digest,
}: {
  readonly tag?: string | undefined;
  readonly digest?: string | undefined;
}): string {
  return tag ?? digest?.slice('sha256:'.length, 'sha256:'.length + 12) ?? 'unknown';
}
