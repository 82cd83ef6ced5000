import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { UserError } from '@nightshift/errors';
import { readOptionalFile } from './read-optional-file';
import { addressesIn, type SynthesizedStack } from './synthesized-stack';

/** The parts of Terraform's state, version 4, that are used here. */
export interface PulledState {
  readonly resources?: readonly {
    readonly mode: string;
    readonly type: string;
    readonly name: string;
    readonly module?: string;
  }[];
}

/**
 * Refuses a state that belongs to another stack: Terraform would destroy what that stack deployed. It belongs to
 * another one when none of its resources is in this stack's configuration and most of them are in the other one's. A
 * stack that renames all its resources stays allowed.
 *
 * @throws {UserError} that names both stacks.
 */
export async function refuseForeignState(stack: SynthesizedStack, state: PulledState): Promise<void> {
  const stored = (state.resources ?? [])
    .filter(({ mode, module }) => mode === 'managed' && module === undefined)
    .map(({ type, name }) => `${type}.${name}`);
  if (stored.length === 0 || stored.some((address) => stack.addresses.has(address))) return;
  for (const [name, addresses] of await siblings(stack)) {
    const known = stored.filter((address) => addresses.has(address));
    if (known.length * 2 <= stored.length) continue;
    const { bucket, key } = stack.backend['s3'] ?? {};
    throw new UserError({
      where: stack.name,
      what: `the state holds the resources of the ${name} stack, and none of the ${stack.name} stack`,
      got: `${known.slice(0, 3).join(', ')}${key === undefined ? '' : ` in s3://${String(bucket)}/${String(key)}`}`,
      todo: `bring back an earlier version of the state of ${stack.name} (the bucket keeps versions), or move it to the state of ${name}`,
    });
  }
}

/** The other stacks of the environment and the addresses of their resources. */
export async function siblings({ directory }: SynthesizedStack): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const entries = await readdir(dirname(directory), { withFileTypes: true });
  const others = entries.filter((entry) => entry.isDirectory() && entry.name !== basename(directory));
  const found = await Promise.all(
    others.map(
      async ({ name }) => [name, await readOptionalFile(join(dirname(directory), name, 'cdk.tf.json'))] as const,
    ),
  );
  return new Map(found.flatMap(([name, text]) => (text === undefined ? [] : [[name, addressesIn(text)] as const])));
}
