import { dirname, join } from 'node:path';
import type { ChosenStack } from '../stack/chosen-stack';

/**
 * Where Terraform works for a speculative plan: beside `cdktf.out/<suffix>/stacks` and never in it, so that a deploy cannot
 * find anything of it. The last folder is the name of a stack, by which the wrapper reports.
 */
export function speculativeDirectories({ absoluteDirectory, name }: Pick<ChosenStack, 'absoluteDirectory' | 'name'>) {
  const outdir = dirname(dirname(absoluteDirectory));
  return {
    plan: join(outdir, 'speculative', name),
    /** Of its own for each reader: stacks are planned at the same time. */
    upstream: (stack: string) => join(outdir, `read-by-${name}`, stack),
  };
}
