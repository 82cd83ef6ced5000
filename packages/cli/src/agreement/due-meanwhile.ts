import type { ReleaseDue } from '@nightshift/release';
import type { Effects } from '../effects';
import type { ChosenStack } from '../stack/chosen-stack';

/** Asks what a release has to bring while Terraform works, so that nobody waits for it. Undefined for stacks without a service. */
export function dueMeanwhile(
  { name, environment }: Pick<ChosenStack, 'name' | 'environment'>,
  { releases }: Pick<Effects, 'releases'>,
): Promise<ReleaseDue> | undefined {
  if (name !== 'compute') return undefined;
  const due = releases.due(environment);
  // Terraform may fail first, and then nobody looks at this any more.
  due.catch(() => undefined);
  return due;
}
