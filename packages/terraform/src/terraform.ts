import { copyFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { initFingerprint, type BackendConfig } from './init-fingerprint';
import { LOCK_FILE } from './lock-file';
import { readOptionalFile } from './optional-file';
import { runProcess, type ProcessEnvironment, type RunProcess } from './run-process';
import { RunRecord, type Summary } from './run-record';
import { readSynthesizedStack, type SynthesizedStack } from './synthesized-stack';
import type { TerraformBinary } from './terraform-binary';
import { TerraformError } from './terraform-error';
import type { TerraformEvent, TerraformPhase } from './terraform-event';
import type { TerraformPlan } from './terraform-plan';
import { userCommands } from './user-commands';

export interface TerraformOptions {
  readonly binary: TerraformBinary;
  /** A synthesized stack: `cdktf.out/<suffix>/stacks/<stack>`, which holds `cdk.tf.json`. */
  readonly directory: string;
  /** The whole environment of Terraform, such as `{ ...process.env, ...installation.env }`. */
  readonly env: ProcessEnvironment;
  readonly onEvent: (event: TerraformEvent) => void;
  /** Fires on the first Ctrl-C: Terraform is asked to stop and waited for. */
  readonly interrupt?: AbortSignal;
  /** Fires on the second Ctrl-C: Terraform is asked once more and gives up at once, perhaps leaving a lock behind. */
  readonly kill?: AbortSignal;
  /** How long to wait for a state lock that another run holds. @default - 10 */
  readonly lockTimeoutSeconds?: number;
  /** What follows `-c` in the commands that errors suggest. @default - the suffix in `directory` */
  readonly configuration?: string;
  /** @default - the committed one */
  readonly lockFile?: string;
  /** @default - a real process */
  readonly run?: RunProcess;
}

export interface PlanOptions {
  /** Where to save the plan; relative to the stack's directory. @default - the plan is not saved */
  readonly out?: string;
  /** Plans the removal of everything. @default - false */
  readonly destroy?: boolean;
  /** Only compares the state with the real world, for finding drift. @default - false */
  readonly refreshOnly?: boolean;
  /** @default - true; a role that may only read cannot take the state lock */
  readonly lock?: boolean;
}

/**
 * Runs Terraform on one synthesized stack. Every method throws `TerraformError` when the run fails and
 * `TerraformInterrupted` when it was asked to stop.
 */
export class Terraform {
  private readonly options: TerraformOptions;
  private backendConfig: BackendConfig = {};

  constructor(options: TerraformOptions) {
    this.options = options;
  }

  /** Installs the provider and connects to the state, unless a former `init` did so with the same inputs. */
  async init({ backendConfig = {} }: { readonly backendConfig?: BackendConfig } = {}): Promise<{ skipped: boolean }> {
    this.backendConfig = backendConfig;
    const { binary, directory, env, lockFile = LOCK_FILE } = this.options;
    const stack = await readSynthesizedStack(directory);
    const fingerprint = await initFingerprint({ binary, stack, backendConfig, lockFile, env });
    if ((await readOptionalFile(this.stamp)) === fingerprint) return { skipped: true };
    await rm(this.stamp, { force: true });
    await copyFile(lockFile, join(directory, '.terraform.lock.hcl'));
    const settings = Object.entries(backendConfig).map(([key, value]) => `-backend-config=${key}=${value}`);
    // The state is where the configuration says: a changed backend is connected to, never migrated by accident.
    await this.terraform('init', ['init', '-json', '-reconfigure', ...settings], stack);
    await writeFile(`${this.stamp}.new`, fingerprint);
    await rename(`${this.stamp}.new`, this.stamp);
    return { skipped: false };
  }

  /** What an apply would do. `hasChanges` also tells of changed outputs and, with `refreshOnly`, of drift. */
  async plan({ out, destroy = false, refreshOnly = false, lock = true }: PlanOptions = {}): Promise<Summary> {
    return await this.run('plan', [
      'plan',
      '-json',
      '-detailed-exitcode',
      ...(lock ? [this.lockTimeout] : ['-lock=false']),
      ...(destroy ? ['-destroy'] : []),
      ...(refreshOnly ? ['-refresh-only'] : []),
      ...(out === undefined ? [] : [`-out=${out}`]),
    ]);
  }

  /** Applies a saved plan, or plans and applies at once: that is faster than saving a plan that nobody reviews. */
  async apply({ planFile }: { readonly planFile?: string } = {}): Promise<Summary> {
    const what = planFile === undefined ? ['-auto-approve'] : [planFile];
    return await this.run('apply', ['apply', '-json', this.lockTimeout, ...what]);
  }

  /** Removes everything in this stack's state. */
  async destroy(): Promise<Summary> {
    return await this.run('destroy', ['destroy', '-json', this.lockTimeout, '-auto-approve']);
  }

  /** The stack's published values, without the sensitive ones; empty before the first apply. Needs no provider. */
  async outputs(): Promise<Readonly<Record<string, unknown>>> {
    return await Promise.reject(new Error('later'));
  }

  /** What a saved plan would do, in Terraform's own JSON. Costs a second: it loads the provider. */
  async show(planFile: string): Promise<TerraformPlan> {
    return await Promise.reject(new Error(`later ${planFile}`));
  }

  /** Removes the state lock of a run that crashed. `id` is the one that the `state-lock-held` failure names. */
  async forceUnlock(id: string): Promise<void> {
    await Promise.reject(new Error(`later ${id}`));
  }

  private get stamp(): string {
    return join(this.options.directory, '.terraform', 'nightshift-init');
  }

  private get lockTimeout(): string {
    return `-lock-timeout=${String(this.options.lockTimeoutSeconds ?? 10)}s`;
  }

  private async run(phase: TerraformPhase, args: readonly string[]): Promise<Summary> {
    const stack = await readSynthesizedStack(this.options.directory);
    try {
      return await this.terraform(phase, args, stack);
    } catch (error) {
      // The fingerprint cannot see a provider or a state file that vanished from .terraform.
      if (!(error instanceof TerraformError) || !error.failures.some(({ kind }) => kind === 'needs-init')) throw error;
      await rm(this.stamp, { force: true });
      await this.init({ backendConfig: this.backendConfig });
      return await this.terraform(phase, args, stack);
    }
  }

  private async terraform(phase: TerraformPhase, args: readonly string[], stack: SynthesizedStack): Promise<Summary> {
    const { binary, directory, env, onEvent, interrupt, configuration = stack.suffix, run = runProcess } = this.options;
    const record = new RunRecord({
      command: `${binary.product} ${String(args[0])}`,
      stack,
      commands: userCommands({ binary, stack, configuration }),
      onEvent,
    });
    if (interrupt?.aborted) throw record.interrupted();
    onEvent({ type: 'phase', phase });
    const result = await run({
      file: binary.path,
      args,
      cwd: directory,
      env: terraformEnvironment(env),
      onLine: (line) => {
        record.read(line);
      },
      interrupt,
    });
    return record.conclude(result, interrupt?.aborted ?? false);
  }
}

/** Never asks, never phones home, and always uses the stack's own state and data directory. */
function terraformEnvironment(env: ProcessEnvironment): ProcessEnvironment {
  const { TF_WORKSPACE: _workspace, TF_DATA_DIR: _directory, ...rest } = env;
  return { ...rest, TF_INPUT: '0', TF_IN_AUTOMATION: '1', CHECKPOINT_DISABLE: '1' };
}
