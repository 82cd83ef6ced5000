/**
 * Only the newest images stay (R2.2): of all, tagged or not. A rule for tagged images alone would let those without a tag pile up,
 * as a tag never moves from one image to another here; and a rule of its own for untagged ones would delete releases that are
 * named by digest. Architectures of an image are no images of their own to it, they leave with their manifest list.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html
 */
export function lifecyclePolicy(keepImages: number): string {
  return JSON.stringify({
    rules: [
      {
        rulePriority: 1,
        description: `Keep the newest ${keepImages}`,
        selection: { tagStatus: 'any', countType: 'imageCountMoreThan', countNumber: keepImages },
        action: { type: 'expire' },
      },
    ],
  });
}
