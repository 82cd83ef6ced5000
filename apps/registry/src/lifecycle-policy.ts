/**
 * Only the newest images stay (R2.2): of all, tagged or not. A rule for tagged images alone would let those without a tag pile up,
 * and a rule of its own for untagged ones would delete releases that are named by digest. The parts of a manifest list
 * (architectures, attestations) have no tag either, but they stay for as long as their list: "If an image is referenced by a
 * manifest list, it cannot be expired or archived without the manifest list being deleted or archived first."
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html#lp_evaluation_rules
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
