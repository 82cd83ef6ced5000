import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { everydayCommands, UserError } from '@nightshift/errors';
import { readOptionalFile, writeFileAtomically } from '@nightshift/files';
import { BACKEND_RECORD } from './backend-record';
import { askTerraform, tellTerraform, type TerraformOptions } from './run-terraform';
import { addressesIn, readSynthesizedStack, type SynthesizedStack, UNSAVED_STATE } from './synthesized-stack';
import { explainFailure, TerraformError } from './terraform-error';
import type { TerraformPhase } from './terraform-event';

/** `terraform output -json`; https://developer.hashicorp.com/terraform/cli/commands/output */
type OutputsJson = Readonly<Record<string, { readonly sensitive: boolean; readonly value: unknown }>>;

/**
 * Commands that need the state of an initialized stack but not its provider. They run in a directory with only the backend: in the
 * directory of the stack, Terraform first hashes the provider's 700 MB (0.5 s instead of 0.05 s).
 */
export class StateReader {
  constructor(
    private readonly options: TerraformOptions,
    private readonly stack: SynthesizedStack,
  ) {}

  async outputs(): Promise<Readonly<Record<string, unknown>>> {
    const command = await this.command('outputs', ['output', '-json', '-no-color']);
    const outputs = Object.entries((await askTerraform(command)) as OutputsJson);
    return Object.fromEntries(outputs.flatMap(([name, { sensitive, value }]) => (sensitive ? [] : [[name, value]])));
  }

  /** The complete state. Some backends have none before the first apply. */
  async pull(): Promise<PulledState> {
    const state = await this.readFromS3();
    return (
      state ?? ((await askTerraform(await this.command('state', ['state', 'pull', '-no-color']), {})) as PulledState)
    );
  }

  /** Saves the start of a process (0.1 s of CPU). @returns undefined where Terraform has to read the state. */
  private async readFromS3(): Promise<PulledState | undefined> {
    const { bucket, key } = this.stack.backend['s3'] ?? {};
    const { readObject } = this.options;
    if (!readObject || typeof bucket !== 'string' || typeof key !== 'string') return undefined;
    try {
      const text = await readObject(bucket, key);
      if (text === undefined) return {};
      const state = JSON.parse(text) as PulledState;
      return state.version === STATE_VERSION ? state : undefined;
    } catch {
      // Terraform reads the same object, and reports its problem.
      return undefined;
    }
  }

  /** Replaces the stored state. Terraform refuses an older file, or one of another state. */
  async push(file: string): Promise<void> {
    await tellTerraform(await this.command('state', ['state', 'push', '-no-color', file]));
  }

  async forceUnlock(id: string): Promise<void> {
    await tellTerraform(await this.command('unlock', ['force-unlock', '-force', '-no-color', id]));
  }

  private async command(phase: TerraformPhase, args: readonly [string, ...string[]]) {
    const { options, stack } = this;
    return { options, stack, phase, args, cwd: await this.directory() };
  }

  private async directory(): Promise<string> {
    const { directory } = this.options;
    const { s3 } = this.stack.backend;
    const record = await readOptionalFile(join(directory, BACKEND_RECORD));
    // Other backends can have paths relative to the stack's directory.
    if (!s3 || record === undefined) return directory;
    const beside = join(directory, '.terraform', 'nightshift-state');
    // Copies the backend record instead of running `init`, which would install the providers of the state.
    await writeFileAtomically(join(beside, BACKEND_RECORD), record);
    await writeFileAtomically(join(beside, 'backend.tf.json'), JSON.stringify({ terraform: { backend: { s3 } } }));
    return beside;
  }
}

/** Of Terraform since 0.12. It converts older ones. */
const STATE_VERSION = 4;

/** The parts of Terraform's state, version 4, that are used here. */
export interface PulledState {
  readonly version?: number;
  readonly resources?: readonly {
    readonly mode: string;
    readonly type: string;
    readonly name: string;
    readonly module?: string;
  }[];
}

/**
 * Refuses the state of another stack, whose resources Terraform would destroy. A state belongs to another stack if none of its resources
 * are in this stack's configuration and most of them are in the other one's. Renaming all resources of a stack remains allowed.
 *
 * @throws {UserError} with the names of both stacks.
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
      what: `the state contains resources of the ${name} stack, and none of the ${stack.name} stack`,
      got: `${known.slice(0, 3).join(', ')}${key === undefined ? '' : ` in s3://${String(bucket)}/${String(key)}`}`,
      todo: `restore an earlier version of the state of ${stack.name} (the bucket keeps versions), or move it to the state of ${name}`,
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

/**
 * Refuses changes while the state of an earlier run is not saved: Terraform would create its resources again.
 *
 * @throws {TerraformError} with the command to save it.
 */
export async function refuseUnsavedState({ directory, configuration }: TerraformOptions): Promise<void> {
  if ((await readOptionalFile(join(directory, UNSAVED_STATE))) === undefined) return;
  const stack = await readSynthesizedStack(directory);
  const commands = everydayCommands({ name: configuration ?? stack.suffix, suffix: stack.suffix });
  const summary = 'Failed to persist state to backend';
  const diagnostic = { type: 'diagnostic', severity: 'error', summary, detail: '' } as const;
  throw new TerraformError([explainFailure({ stack, commands, diagnostic })]);
}
