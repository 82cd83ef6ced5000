import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { LocalClouds } from '@nightshift/aws-access';
import { didYouMean, type Environment } from '@nightshift/config';
import { everydayCommands, UserError } from '@nightshift/errors';
import { readOptionalFile } from '@nightshift/files';
import { dependentStacks, type StackManifest } from './dependent-stacks';

/** The saved plan of a stack, in its directory. */
export const PLAN_FILE = 'plan.tfplan';

/** A destroy plan has another name, so that no deploy can apply it by accident. */
export const DESTROY_PLAN_FILE = 'destroy.tfplan';

/** A synthesized stack of an environment that a verb acts on. */
export interface ChosenStack {
  /** Such as `network`. */
  readonly name: string;
  readonly environment: Environment;
  /** Relative to the workspace, for messages: `cdktf.out/<suffix>/stacks/<stack>`. */
  readonly directory: string;
  readonly absoluteDirectory: string;
  /** The construct path of the resource at an address, such as `network/Vpc/Resource`. */
  readonly constructPath: (address: string) => string | undefined;
  /** The address of the resource of a type that has a name in AWS. */
  readonly addressOf: (type: string, name: string) => string | undefined;
  /** Whether it has a resource of a type, such as `aws_ecs_service`. */
  readonly hasResource: (type: string) => boolean;
  /** Whether a resource of a type refers to the resource at an address. */
  readonly refersTo: (type: string, address: string) => boolean;
  /** Names of all stacks of the environment, this one included. */
  readonly siblings: readonly string[];
  /** Names of the stacks that read its values, directly or through others. */
  readonly dependents: readonly string[];
}

interface FindStack {
  readonly verb: string;
  /** As entered by the user. */
  readonly stack: string | undefined;
  readonly environment: Environment;
  readonly root: string;
}

/** A synthesized stack. @throws {UserError} when the stack does not exist or is not synthesized. */
export async function findStack({ verb, stack, environment, root }: FindStack): Promise<ChosenStack> {
  const outdir = join('cdktf.out', environment.suffix);
  const manifest = await readStackManifest(join(root, outdir));
  if (!manifest) {
    const { nxRun } = everydayCommands(environment);
    throw new UserError({
      where: outdir,
      what: `${environment.suffix} has not been synthesized`,
      todo: `run ${nxRun('platform', 'synth')}, or let Nx do both: ${nxRun(stack ?? '<stack>', verb)}`,
    });
  }
  const known = [...manifest.keys()];
  if (stack === undefined || !manifest.has(stack)) {
    throw new UserError({
      where: `nightshift ${verb}`,
      what: stack === undefined ? 'no stack specified' : 'stack not found',
      got: stack,
      todo: didYouMean(stack ?? '', known),
    });
  }
  const directory = join(outdir, 'stacks', stack);
  return {
    name: stack,
    environment,
    directory,
    absoluteDirectory: join(root, directory),
    ...(await readResources(join(root, directory, 'cdk.tf.json'))),
    siblings: known,
    dependents: dependentStacks(manifest, [stack]),
  };
}

interface Block {
  readonly name?: unknown;
  readonly '//'?: { readonly metadata?: { readonly path?: string } };
}

type Blocks = Readonly<Record<string, Readonly<Record<string, Block>>>>;

/** Reads the resources of a synthesized stack. */
async function readResources(
  file: string,
): Promise<Pick<ChosenStack, 'constructPath' | 'addressOf' | 'hasResource' | 'refersTo'>> {
  const { resource = {}, data = {} } = JSON.parse(await readFile(file, 'utf8')) as { resource?: Blocks; data?: Blocks };
  return {
    constructPath: (address) => {
      // `aws_subnet.Vpc_Private_1A2B[0]`, `data.aws_region.Region`
      const [, isData, type = '', name = ''] = /^(data\.)?(\w+)\.([\w-]+)/.exec(address) ?? [];
      return (isData ? data : resource)[type]?.[name]?.['//']?.metadata?.path;
    },
    addressOf: (type, name) => {
      const found = Object.entries(resource[type] ?? {}).find(([, block]) => block.name === name);
      return found && `${type}.${found[0]}`;
    },
    hasResource: (type) => type in resource,
    refersTo: (type, address) => JSON.stringify(resource[type] ?? {}).includes(`\${${address}.`),
  };
}

interface ManifestFile {
  readonly stacks: Readonly<Record<string, { readonly dependencies?: readonly string[] }>>;
}

/** Reads CDKTF's manifest, in its order; undefined if nothing is synthesized. */
export async function readStackManifest(outdir: string): Promise<StackManifest | undefined> {
  const text = await readOptionalFile(join(outdir, 'manifest.json'));
  if (text === undefined) return undefined;
  const { stacks } = JSON.parse(text) as ManifestFile;
  return new Map(Object.entries(stacks).map(([name, { dependencies = [] }]) => [name, dependencies]));
}

/**
 * Removes an unsaved state and saved plans of a local cloud that is gone: the current one was started later and is empty. In AWS, an
 * unsaved state is the only record of the resources, and is kept.
 * @returns a message for the user; undefined when nothing was removed.
 */
export async function discardLostState(
  { environment, absoluteDirectory }: Pick<ChosenStack, 'environment' | 'absoluteDirectory'>,
  { localCloud }: LocalClouds,
): Promise<string | undefined> {
  if (environment.cloud !== 'local') return undefined;
  const { UNSAVED_STATE } = await import('@nightshift/terraform');
  const unsaved = await stat(join(absoluteDirectory, UNSAVED_STATE)).catch(() => undefined);
  if (!unsaved) return undefined;
  const cloud = await (await localCloud()).status();
  if (!cloud.running || unsaved.mtime >= new Date(cloud.startedAt)) return undefined;
  for (const name of [UNSAVED_STATE, PLAN_FILE, DESTROY_PLAN_FILE]) {
    await rm(join(absoluteDirectory, name), { force: true });
  }
  return `discarded ${UNSAVED_STATE}: the local cloud that it describes is gone, this stack starts with nothing`;
}
