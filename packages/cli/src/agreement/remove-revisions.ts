import { awsError } from '../aws/aws-error';
import type { Effects } from '../effects';
import type { ChosenStack } from '../stack/chosen-stack';

/**
 * Removes what releases left in the stack that holds the service: Terraform knows nothing of it.
 * @returns the ARNs of the task definitions.
 * @throws {UserError} when AWS does not let us; to destroy the stack once more tries it again.
 */
export async function removeRevisions(
  { name, environment }: Pick<ChosenStack, 'name' | 'environment'>,
  { releases }: Pick<Effects, 'releases'>,
): Promise<readonly string[]> {
  if (name !== 'compute') return [];
  try {
    return await releases.deregister(environment);
  } catch (error) {
    throw awsError(error, `task definitions of releases in ${environment.suffix}`);
  }
}

/** What a person is told about them. */
export function revisionsLine(arns: readonly string[]): readonly string[] {
  if (arns.length === 0) return [];
  return [`  ${String(arns.length)} task ${arns.length === 1 ? 'definition' : 'definitions'} of releases deregistered`];
}
