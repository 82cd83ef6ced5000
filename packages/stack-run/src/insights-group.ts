import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { awsError } from '@nightshift/aws-access';
import type { ChosenStack } from './chosen-stack';
import type { TerraformHandoff } from './effects';
import { SERVICE_TYPE, unlessRefused } from './release-handoff';
import type { RunContext } from './run-stack';

/** Next to `cdk.tf.json`, while Terraform plans or applies. */
const IMPORT_FILE = 'import.tf.json';

/**
 * Runs Terraform with an `import` block for the log group of Container Insights if an earlier deployment of this suffix left it: AWS
 * creates it again when the last metrics of a deleted cluster arrive, and Terraform could not create it.
 * https://developer.hashicorp.com/terraform/language/import
 */
export async function adoptLogGroup<T>(
  stack: Pick<ChosenStack, 'environment' | 'absoluteDirectory' | 'addressOf' | 'hasResource'>,
  { releases }: TerraformHandoff,
  note: RunContext['note'],
  act: () => Promise<T>,
): Promise<T> {
  // If AWS does not respond, Terraform reports why.
  const name = await unlessRefused(stack, 'log groups', 'look for a log group of Container Insights', note, () =>
    releases.strayLogGroup(stack.environment),
  );
  const to = name === undefined ? undefined : stack.addressOf('aws_cloudwatch_log_group', name);
  if (to === undefined) return await act();
  note(`adopting log group ${String(name)}, which Container Insights created after the last destroy`);
  const file = join(stack.absoluteDirectory, IMPORT_FILE);
  await writeFile(file, JSON.stringify({ import: [{ to, id: name }] }));
  try {
    return await act();
  } finally {
    await rm(file, { force: true });
  }
}

/**
 * Deletes the log group of Container Insights, which AWS creates again for some minutes after its cluster is deleted.
 * @param wait false: nothing was destroyed now.
 * @throws {UserError} when AWS refuses it; another destroy tries it again.
 */
export async function sweepLogGroup(
  { environment, hasResource }: Pick<ChosenStack, 'environment' | 'hasResource'>,
  { releases }: TerraformHandoff,
  { note, interrupt }: Pick<RunContext, 'note' | 'interrupt'>,
  wait: boolean,
): Promise<readonly string[]> {
  if (!hasResource(SERVICE_TYPE)) return [];
  if (wait) note('waiting for the last metrics of Container Insights, which create its log group again');
  try {
    const deleted = await releases.sweepLogGroup(environment, wait, interrupt);
    return deleted ? ['  log group of Container Insights deleted again'] : [];
  } catch (error) {
    throw awsError(error, `log groups of ${environment.suffix}`);
  }
}
