import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isFile } from '@nightshift/files';
import type { BackendConfig } from './backend-record';
import { forgetInit, initStack } from './init-stack';
import type { FailureKind } from './known-failures';
import type { Summary } from './run-record';
import { attachProvider, type AttachedProvider, type ProviderHostProps } from './provider-host/attach-provider';
import { awsTypesIn } from './provider-host/plugin-messages';
import { askTerraform, runTerraform, type TerraformOptions } from './run-terraform';
import { type PulledState, refuseForeignState, refuseUnsavedState, siblings, StateReader } from './state-reader';
import { readSynthesizedStack, type SynthesizedStack, UNSAVED_STATE } from './synthesized-stack';
import { TerraformError } from './terraform-error';
import type { TerraformPhase } from './terraform-event';

export interface PlanOptions {
  /** Path of the saved plan, relative to the stack's directory. @default - the plan is not saved */
  readonly out?: string | undefined;
  /** Plans the destruction of all resources. @default - false */
  readonly destroy?: boolean | undefined;
  /**
   * Only compares the state with AWS. Also reports values that AWS filled in after the last apply; a plan without this option shows what an
   * apply would change. @default - false
   */
  readonly refreshOnly?: boolean | undefined;
  /** @default - true; a read-only role cannot take the state lock */
  readonly lock?: boolean | undefined;
  /** Addresses: plans only these and their dependencies. @default - everything */
  readonly targets?: readonly string[] | undefined;
}

/**
 * Runs Terraform on one synthesized stack; `init` comes first. Every method throws `TerraformError` if the run fails and
 * `TerraformInterrupted` after an interruption.
 */
export class Terraform {
  private backendConfig: BackendConfig = {};
  /** Nobody else writes into the state of a stack, so it is read and checked once. */
  private pulled: Promise<PulledState> | undefined;
  private isOwnState = false;
  /** Requested once: after a failure, another host would fail for the same reason. */
  private attached: Promise<AttachedProvider | undefined> | undefined;

  constructor(private readonly options: TerraformOptions) {}

  /** Installs the provider and connects to the state, unless an earlier `init` did so with the same inputs. */
  async init({ backendConfig = {} }: { readonly backendConfig?: BackendConfig } = {}): Promise<{ skipped: boolean }> {
    this.backendConfig = backendConfig;
    const stack = await readSynthesizedStack(this.options.directory);
    const result = await initStack(this.options, stack, backendConfig);
    // The provider starts while the caller does other work. The command that uses it reports a failure.
    this.reattach(stack).catch(() => undefined);
    return result;
  }

  /** Plans an apply. `hasChanges` includes changed outputs and, with `refreshOnly`, drift. */
  async plan(options: PlanOptions = {}): Promise<Summary> {
    const { out, destroy = false, refreshOnly = false, lock = true, targets = [] } = options;
    return await this.run('plan', [
      'plan',
      '-json',
      '-detailed-exitcode',
      ...(lock ? [this.lockTimeout] : ['-lock=false']),
      ...(destroy ? ['-destroy'] : []),
      ...(refreshOnly ? ['-refresh-only'] : []),
      ...(out === undefined ? [] : [`-out=${out}`]),
      ...targets.map((address) => `-target=${address}`),
    ]);
  }

  /** Applies a saved plan, or plans and applies in one command, which is faster. */
  async apply({ planFile }: { readonly planFile?: string | undefined } = {}): Promise<Summary> {
    const what = planFile === undefined ? ['-auto-approve'] : [planFile];
    return await this.change('apply', ['apply', '-json', this.lockTimeout, ...what]);
  }

  /**
   * Destroys all resources in this stack's state without a refresh. If a resource is already deleted, refreshes the state and destroys the
   * rest.
   */
  async destroy(): Promise<Summary> {
    const destroy = ['destroy', '-json', this.lockTimeout, '-auto-approve'] as const;
    try {
      return await this.change('destroy', [...destroy, '-refresh=false']);
    } catch (error) {
      if (!failedBy('not-found', error)) throw error;
      return await this.change('destroy', destroy);
    }
  }

  /** The stack's published values, without the sensitive ones; empty before the first apply. */
  async outputs(): Promise<Readonly<Record<string, unknown>>> {
    return await this.onState((state) => state.outputs());
  }

  /** The saved plan in Terraform's JSON format. Takes seconds, because it loads the provider. */
  async show(planFile: string): Promise<TerraformPlan> {
    const { options } = this;
    const stack = await readSynthesizedStack(options.directory);
    const plan = await this.initialized(() =>
      this.withProvider(stack, (reattach) =>
        askTerraform({ options, stack, phase: 'show', args: ['show', '-json', '-no-color', planFile], reattach }),
      ),
    );
    return plan as TerraformPlan;
  }

  /** Saves the state that an earlier run could not save. @returns whether there was one. */
  async pushState(): Promise<boolean> {
    const file = join(this.options.directory, UNSAVED_STATE);
    if (!(await isFile(file))) return false;
    await this.onState((state) => state.push(file));
    await rm(file);
    return true;
  }

  /** Removes the lock of a run that crashed; `id` is in the message of a `state-lock-held` failure. */
  async forceUnlock(id: string): Promise<void> {
    await this.onState((state) => state.forceUnlock(id));
  }

  private async onState<T>(command: (state: StateReader) => Promise<T>): Promise<T> {
    const { options } = this;
    const stack = await readSynthesizedStack(options.directory);
    await initStack(options, stack, this.backendConfig);
    return await this.initialized(() => command(new StateReader(options, stack)));
  }

  private get lockTimeout(): string {
    return `-lock-timeout=${String(this.options.lockTimeoutSeconds ?? 10)}s`;
  }

  private async run(phase: TerraformPhase, args: readonly [string, ...string[]]): Promise<Summary> {
    const { options } = this;
    const stack = await readSynthesizedStack(options.directory);
    return await this.initialized(async () => {
      await this.requireOwnState(stack);
      const run = (reattach?: string) => runTerraform({ options, stack, phase, args, reattach });
      // Does not repeat an interrupted change: the next command reads its progress from the state.
      return await (phase === 'plan' ? this.withProvider(stack, run) : run(await this.reattach(stack)));
    });
  }

  private async requireOwnState(stack: SynthesizedStack): Promise<void> {
    if (this.isOwnState || (await siblings(stack)).size === 0) return;
    await refuseForeignState(stack, await this.pullState(stack));
    this.isOwnState = true;
  }

  private pullState(stack: SynthesizedStack): Promise<PulledState> {
    const { options, backendConfig } = this;
    // Settings beside the configuration may name another object.
    const readObject = Object.keys(backendConfig).length === 0 ? options.readObject : undefined;
    return (this.pulled ??= new StateReader({ ...options, readObject }, stack).pull().catch((error: unknown) => {
      this.pulled = undefined;
      throw error;
    }));
  }

  /** Runs a read-only command, and repeats it without the host if the host has ended. */
  private async withProvider<T>(stack: SynthesizedStack, command: (reattach?: string) => Promise<T>): Promise<T> {
    const reattach = await this.reattach(stack);
    try {
      return await command(reattach);
    } catch (error) {
      if (reattach === undefined || (await this.reattach(stack)) !== undefined) throw error;
      return await command();
    }
  }

  /** @returns `TF_REATTACH_PROVIDERS`; undefined if Terraform starts the provider. */
  private async reattach(stack: SynthesizedStack): Promise<string | undefined> {
    const { providerHost } = this.options;
    if (!providerHost) return undefined;
    const attached = await (this.attached ??= this.attach(stack, providerHost).catch((error: unknown) => {
      // The state could not be read. After another `init`, it may be.
      this.attached = undefined;
      throw error;
    }));
    return attached?.isAlive() ? attached.reattach : undefined;
  }

  private async attach(stack: SynthesizedStack, host: ProviderHostProps): Promise<AttachedProvider | undefined> {
    const { directory, env } = this.options;
    // A type that is no longer in the configuration is still in the state, and Terraform needs its schema to destroy it.
    const state = JSON.stringify(await this.pullState(stack));
    const types = awsTypesIn(state + (await readFile(join(directory, 'cdk.tf.json'), 'utf8')));
    return await attachProvider({ directory, env, types }, host);
  }

  private async change(phase: TerraformPhase, args: readonly [string, ...string[]]): Promise<Summary> {
    await refuseUnsavedState(this.options);
    return await this.run(phase, args);
  }

  /** Runs `init` again if its results are gone and the fingerprint cannot show it, such as the provider of a mirror. */
  private async initialized<T>(command: () => Promise<T>): Promise<T> {
    try {
      return await command();
    } catch (error) {
      if (!failedBy('needs-init', error)) throw error;
      await forgetInit(this.options.directory);
      await this.init({ backendConfig: this.backendConfig });
      return await command();
    }
  }
}

function failedBy(cause: FailureKind, error: unknown): boolean {
  return error instanceof TerraformError && error.failures.some(({ kind }) => kind === cause);
}

/** The parts of `terraform show -json <plan>` that are read; https://developer.hashicorp.com/terraform/internals/json-format */
export interface TerraformPlan {
  readonly format_version: string;
  readonly terraform_version: string;
  /** False if there is nothing to apply. */
  readonly applyable?: boolean;
  readonly resource_changes?: readonly ResourceChange[];
  /** The changes outside Terraform. */
  readonly resource_drift?: readonly ResourceChange[];
  readonly output_changes?: Readonly<Record<string, Change>>;
}

export interface ResourceChange {
  readonly address: string;
  readonly type: string;
  readonly name: string;
  readonly mode: 'managed' | 'data';
  readonly change: Change;
  /** Such as `replace_because_cannot_update`. */
  readonly action_reason?: string;
}

export interface Change {
  /** A replacement is `['delete', 'create']` or `['create', 'delete']`. */
  readonly actions: readonly ('no-op' | 'create' | 'read' | 'update' | 'delete' | 'forget')[];
  readonly before: unknown;
  readonly after: unknown;
  readonly after_unknown?: unknown;
}
