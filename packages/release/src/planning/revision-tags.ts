import type { Tag } from '@aws-sdk/client-ecs';

/** Revisions that a release registered; Terraform does not know them, so that `destroy` finds them by this tag. */
export const RELEASED_BY: Tag = { key: 'ReleasedBy', value: 'nightshift' };

/** Which release registered it: a registration whose answer got lost is found again by it. */
export const RELEASE_ID = 'ReleaseId';

/** ARN of Terraform's revision at that time. */
export const TERRAFORM_REVISION = 'TerraformRevision';

export function tagValue(tags: readonly Tag[] | undefined, key: string): string | undefined {
  return tags?.find((tag) => tag.key === key)?.value;
}

export function isReleased(tags: readonly Tag[] | undefined): boolean {
  return tagValue(tags, String(RELEASED_BY.key)) === RELEASED_BY.value;
}
