import type { TerraformPlan } from '@nightshift/terraform';
import type { StoodIn } from './with-stand-ins';

/** Takes what stands in for other stacks out of a plan. */
export function withoutStandIns(plan: TerraformPlan, addresses: StoodIn['addresses']): TerraformPlan {
  const resources = plan.resource_changes ?? [];
  return { ...plan, resource_changes: resources.filter(({ address }) => !addresses.includes(address)) };
}
