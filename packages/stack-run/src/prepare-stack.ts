import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Environment } from '@nightshift/config';
import { describeProblem, UserError } from '@nightshift/errors';
import { asUserError } from '@nightshift/files';
import type { StateObjects } from '@nightshift/state-bucket';
import type { ChosenStack } from './chosen-stack';
import type { StateStorage, Synthesis, TerraformRuns } from './effects';
import { enforcePolicy } from './enforce-policy';
import { type Blocks, type S3Backend, type StackJson, upstreamReads } from './placeholders';
import { countsLine } from './run-file';
import { type JsonOption, type Outcome, type ProviderHostOption, type RunEffects, runStack } from './run-stack';
import { noFields, stackOutput } from './stack-line';

export interface PrepareOptions extends JsonOption, ProviderHostOption {
  readonly plan?: boolean;
}

export const prepareOutput = stackOutput('prepare');

const PREPARE_FILE = 'prepare.tfplan';

/** `prepare`. Never records an apply, because a deploy follows. */
export async function prepareStack(
  stack: ChosenStack,
  options: PrepareOptions,
  effects: RunEffects & Synthesis,
): Promise<void> {
  const json = JSON.parse(await readFile(join(stack.absoluteDirectory, 'cdk.tf.json'), 'utf8')) as StackJson;
  const targets = closedPart(json);
  await runStack({
    verb: 'prepare',
    fields: noFields,
    providerHost: options.providerHost,
    stack,
    json: options.json ?? false,
    effects,
    // `run.json` is the record of the deploy that follows.
    needs: 'state',
    record: 'prepare.json',
    skip: async () => {
      const reason = options.plan
        ? 'the saved plan would be out of date'
        : await reasonToWait(json, targets, stack.environment, effects);
      return reason === undefined ? undefined : nothingTo(reason);
    },
    act: async (terraform, { note, interrupt }) => {
      await enforcePolicy(stack, effects);
      try {
        return await createTargets(terraform, targets);
      } catch (error) {
        const known = asUserError(error);
        if (interrupt.aborted || !(known instanceof UserError)) throw error;
        note(`cannot prepare: ${known.problems.map(describeProblem).join('; ')}; the deploy creates everything`);
        return nothingTo('see above');
      } finally {
        await rm(join(stack.absoluteDirectory, PREPARE_FILE), { force: true });
      }
    },
  });
}

async function createTargets(terraform: TerraformRuns, targets: readonly string[]): Promise<Outcome<typeof noFields>> {
  await terraform.init();
  const { change, remove } = await terraform.plan({ out: PREPARE_FILE, targets });
  if (change + remove > 0) return nothingTo('another run has changed its state');
  const summary = await terraform.apply({ planFile: PREPARE_FILE });
  return { counts: summary, lines: (elapsed) => [`${countsLine(summary, 'done')} in ${elapsed}; its deploy follows`] };
}

function nothingTo(reason: string): Outcome<typeof noFields> {
  return { lines: (elapsed) => [`nothing prepared: ${reason} (${elapsed})`] };
}

/** The reason why there is nothing to prepare, also if in doubt, since the deploy creates everything. */
async function reasonToWait(
  json: StackJson,
  targets: readonly string[],
  environment: Environment,
  { stateObjects }: StateStorage,
): Promise<string | undefined> {
  if (targets.length === 0) return 'every resource depends on another stack';
  const s3 = json.terraform?.backend.s3;
  if (!s3) return 'its state is not in S3';
  try {
    const objects = await stateObjects(environment);
    if (await hasResources(s3, objects)) return 'it has resources';
    const upstream = upstreamReads(json).map(({ state }) =>
      hasResources(state.config as unknown as S3Backend, objects),
    );
    return (await Promise.all(upstream)).every(Boolean) ? 'the stacks that it depends on are deployed' : undefined;
  } catch {
    return 'the states cannot be read';
  }
}

async function hasResources({ bucket, key }: S3Backend, objects: Pick<StateObjects, 'read'>): Promise<boolean> {
  const stored = await objects.read(bucket, key);
  return stored !== undefined && (JSON.parse(stored.text) as { resources: readonly unknown[] }).resources.length > 0;
}

/** The addresses in a JSON text, also in `depends_on`, which has no `${}`. */
const ADDRESS = /(?:data\.)?[a-z]\w*\.[A-Za-z_][\w-]*/g;

/**
 * Addresses of the managed resources that do not depend on another stack, directly or through others. If another one is included by
 * mistake, Terraform reads the state of the other stack and fails.
 */
export function closedPart({ resource = {}, data = {} }: StackJson): readonly string[] {
  const blocks = [...addressed(resource, ''), ...addressed(data as Record<string, Blocks>, 'data.')].map(
    ([address, block]) => ({ address, named: JSON.stringify(block).match(ADDRESS) ?? [] }),
  );
  const open = new Set(
    blocks.map(({ address }) => address).filter((one) => one.startsWith('data.terraform_remote_state.')),
  );
  for (let known = -1; known < open.size;) {
    known = open.size;
    for (const { address, named } of blocks) if (named.some((one) => open.has(one))) open.add(address);
  }
  return addressed(resource, '').flatMap(([address]) => (open.has(address) ? [] : [address]));
}

function addressed(types: Readonly<Record<string, Blocks>>, prefix: string): readonly (readonly [string, object])[] {
  return Object.entries(types).flatMap(([type, named]) =>
    Object.entries(named).map(([name, block]) => [`${prefix}${type}.${name}`, block] as const),
  );
}
