import { KEPT_IMAGE_TAG_PREFIX } from '@nightshift/naming';

/** Releases keep the images of the running tasks and the last good one, at most four at a time. More are left over from failures. */
const MOST_KEPT = 10;

/**
 * Only the newest images stay, and those that a release keeps by a tag (R2.2). ECR does not know what runs: "An image that matches the
 * tagging requirements of a rule cannot be expired by a rule with a lower priority."
 *
 * The second rule is for all images, tagged or not. A rule for tagged images alone would let those without a tag pile up, and a rule of
 * its own for untagged ones would delete releases that are named by digest. The parts of a manifest list (architectures, attestations)
 * have no tag either, but they stay for as long as their list: "If an image is referenced by a manifest list, it cannot be expired or
 * archived without the manifest list being deleted or archived first."
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html#lp_evaluation_rules
 */
export function lifecyclePolicy(keepImages: number): string {
  return JSON.stringify({
    rules: [
      {
        rulePriority: 1,
        description: 'Keep the images that run and the last good one',
        selection: {
          tagStatus: 'tagged',
          tagPrefixList: [KEPT_IMAGE_TAG_PREFIX],
          countType: 'imageCountMoreThan',
          countNumber: MOST_KEPT,
        },
        action: { type: 'expire' },
      },
      {
        rulePriority: 2,
        description: `Keep the newest ${keepImages}`,
        selection: { tagStatus: 'any', countType: 'imageCountMoreThan', countNumber: keepImages },
        action: { type: 'expire' },
      },
    ],
  });
}
