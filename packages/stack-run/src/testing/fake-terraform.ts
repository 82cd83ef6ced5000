import type { Summary, TerraformEvent, TerraformPlan } from '@nightshift/terraform';
import type { RunnerOptions, TerraformRuns } from '../effects';

/** The summary of a run without changes. */
export const nothingChanged: Summary = {
  add: 0,
  change: 0,
  remove: 0,
  replace: 0,
  hasChanges: false,
  changedOutputs: [],
  outputs: {},
};

/** A fake Terraform: records its calls, and returns the results of the test. */
export class FakeTerraform implements TerraformRuns {
  readonly calls: unknown[][] = [];
  options: RunnerOptions | undefined;
  summary: Summary = nothingChanged;
  planned: TerraformPlan = { format_version: '1.2', terraform_version: '1.11.4' };
  published: Readonly<Record<string, unknown>> = {};
  /** Called while `plan`, `apply` or `destroy` runs. */
  whileRunning: (emit: (event: TerraformEvent) => void) => void | Promise<void> = () => undefined;

  async init(): Promise<{ skipped: boolean }> {
    this.calls.push(['init']);
    return await Promise.resolve({ skipped: true });
  }

  async plan(...args: Parameters<TerraformRuns['plan']>): Promise<Summary> {
    return await this.run('plan', ...args);
  }

  async apply(...args: Parameters<TerraformRuns['apply']>): Promise<Summary> {
    return await this.run('apply', ...args);
  }

  async destroy(): Promise<Summary> {
    return await this.run('destroy');
  }

  async outputs(): Promise<Readonly<Record<string, unknown>>> {
    this.calls.push(['outputs']);
    return await Promise.resolve(this.published);
  }

  async show(planFile: string): Promise<TerraformPlan> {
    this.calls.push(['show', planFile]);
    return await Promise.resolve(this.planned);
  }

  /** Whether `errored.tfstate` exists. */
  unsaved = true;

  async pushState(): Promise<boolean> {
    this.calls.push(['pushState']);
    return await Promise.resolve(this.unsaved);
  }

  async forceUnlock(id: string): Promise<void> {
    this.calls.push(['forceUnlock', id]);
    await Promise.resolve();
  }

  private async run(...call: unknown[]): Promise<Summary> {
    this.calls.push(call);
    await this.whileRunning((event) => {
      this.options?.onEvent(event);
    });
    return this.summary;
  }
}
