import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TerraformRuns } from '../effects';
import type { MissingValues } from './missing-values';
import type { StackJson } from './stack-json';
import { upstreamReads, type UpstreamRead } from './upstream-reads';

type TerraformIn = (directory: string) => Promise<Pick<TerraformRuns, 'outputs'>>;

/**
 * Asks the states of other stacks for what a stack reads from them.
 * @param directoryFor where Terraform may work to read the state of a stack.
 */
export async function findMissing(
  json: StackJson,
  directoryFor: (stack: string) => string,
  terraformIn: TerraformIn,
): Promise<readonly MissingValues[]> {
  const found = upstreamReads(json).map(async (read) => {
    const published = await publishedNames(read, directoryFor(read.stack), terraformIn);
    const { stack, dataSource } = read;
    const values = read.values.filter((value) => !published.includes(value));
    return values.length === 0 ? [] : [{ stack, dataSource, values, all: published.length === 0 }];
  });
  return (await Promise.all(found)).flat();
}

/** Names of the outputs in another stack's state; none where it was never deployed. */
async function publishedNames(
  { state }: UpstreamRead,
  directory: string,
  terraformIn: TerraformIn,
): Promise<readonly string[]> {
  await mkdir(directory, { recursive: true });
  const configuration = { terraform: { backend: { [state.backend]: state.config } } };
  await writeFile(join(directory, 'cdk.tf.json'), JSON.stringify(configuration));
  const terraform = await terraformIn(directory);
  return Object.keys(await terraform.outputs());
}
