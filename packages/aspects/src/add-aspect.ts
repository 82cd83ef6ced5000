import { Aspects, TerraformStack, type IAspect } from 'cdktf';
import type { IConstruct } from 'constructs';

/**
 * Has an aspect visit everything that is below a construct now or later. CDKTF looks for aspects in stacks and never above
 * them, so an app hands it on to the stacks that it has.
 */
export function addAspect(scope: IConstruct, aspect: IAspect): void {
  const stacks = scope.node.findAll().filter((node) => TerraformStack.isStack(node));
  for (const target of stacks.length > 0 ? stacks : [scope]) Aspects.of(target).add(aspect);
}
