import { join } from 'node:path';
import { BACKEND_RECORD } from './backend-record';
import { readOptionalFile } from './read-optional-file';
import { askTerraform, tellTerraform } from './run-terraform';
import type { PulledState } from './foreign-state';
import type { SynthesizedStack } from './synthesized-stack';
import type { TerraformPhase } from './terraform-event';
import type { TerraformOptions } from './terraform-options';
import { writeFileAtomically } from './write-file-atomically';

/** `terraform output -json`; https://developer.hashicorp.com/terraform/cli/commands/output */
type OutputsJson = Readonly<Record<string, { readonly sensitive: boolean; readonly value: unknown }>>;

/**
 * Commands that need the state of an initialized stack but not its provider. They run in a directory that has the same
 * backend and nothing else: in the stack's own one Terraform hashes the provider's 700 MB first (0.05 s against 0.5 s).
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

  /** The whole state. Before the first apply some backends have none. */
  async pull(): Promise<PulledState> {
    return (await askTerraform(await this.command('state', ['state', 'pull', '-no-color']), {})) as PulledState;
  }

  /** Replaces the stored state. Terraform refuses a file that is older than it, or of another state. */
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
    // Another backend may have paths that are relative to the stack's directory.
    if (!s3 || record === undefined) return directory;
    const beside = join(directory, '.terraform', 'nightshift-state');
    // An `init` would install the providers that the state names; its record of the backend is all that is needed.
    await writeFileAtomically(join(beside, BACKEND_RECORD), record);
    await writeFileAtomically(join(beside, 'backend.tf.json'), JSON.stringify({ terraform: { backend: { s3 } } }));
    return beside;
  }
}
