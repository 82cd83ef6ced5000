import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { BackendConfig } from './init-fingerprint';
import { backendArguments } from './init-stack';
import { readOptionalFile } from './read-optional-file';
import { askTerraform, runTerraform } from './run-terraform';
import type { SynthesizedStack } from './synthesized-stack';
import type { TerraformOptions } from './terraform-options';

/** `terraform output -json`; https://developer.hashicorp.com/terraform/cli/commands/output */
type OutputsJson = Readonly<Record<string, { readonly sensitive: boolean; readonly value: unknown }>>;

/**
 * Commands that need a stack's state but not its provider. They run in a directory that has the same backend and
 * nothing else: in the stack's own one Terraform would hash the provider's 700 MB first (0.05 s against 0.5 s).
 */
export class StateReader {
  constructor(
    private readonly options: TerraformOptions,
    private readonly stack: SynthesizedStack,
    private readonly backendConfig: BackendConfig,
  ) {}

  async outputs(): Promise<Readonly<Record<string, unknown>>> {
    const text = await this.ask('outputs', ['output', '-json', '-no-color']);
    const outputs = Object.entries(JSON.parse(text) as OutputsJson);
    return Object.fromEntries(outputs.flatMap(([name, { sensitive, value }]) => (sensitive ? [] : [[name, value]])));
  }

  async forceUnlock(id: string): Promise<void> {
    await this.ask('unlock', ['force-unlock', '-force', '-no-color', id]);
  }

  private async ask(phase: 'outputs' | 'unlock', args: readonly [string, ...string[]]): Promise<string> {
    const { options, stack } = this;
    const cwd = await this.prepare();
    return await askTerraform({ options, stack, phase, args, cwd });
  }

  /** Connects the directory to the state, unless it already is. */
  private async prepare(): Promise<string> {
    const { options, stack, backendConfig } = this;
    const cwd = join(options.directory, '.terraform', 'nightshift-state');
    const configuration = JSON.stringify({ terraform: { backend: this.backend() } });
    const settings = backendArguments(backendConfig);
    const stamp = join(cwd, 'connected');
    const wanted = [options.binary.version, configuration, ...settings].join('\n');
    if ((await readOptionalFile(stamp)) === wanted) return cwd;
    await mkdir(cwd, { recursive: true });
    await writeFile(join(cwd, 'backend.tf.json'), configuration);
    const args = ['init', '-json', '-reconfigure', ...settings] as const;
    await runTerraform({ options, stack, phase: 'init', args, cwd });
    await writeFile(`${stamp}.new`, wanted);
    await rename(`${stamp}.new`, stamp);
    return cwd;
  }

  /** The path of a local state is relative to the stack's directory. */
  private backend(): SynthesizedStack['backend'] {
    const { backend, directory } = this.stack;
    const path = backend['local']?.['path'];
    return typeof path === 'string' ? { local: { ...backend['local'], path: resolve(directory, path) } } : backend;
  }
}
