import type { TerraformEvent } from '@nightshift/terraform';

/** Numbers of resources. A replaced one counts in `add` and in `remove`, as Terraform counts. */
export interface Counts {
  readonly add: number;
  readonly change: number;
  readonly remove: number;
  readonly replace: number;
}

/** Counts what was done, event by event: all that is known of a run that did not end well. */
export class Tally {
  private readonly toReplace = new Set<string>();
  private done = { add: 0, change: 0, remove: 0, replace: 0 };

  read(event: TerraformEvent): void {
    if (event.type === 'planned' && event.action === 'replace') this.toReplace.add(event.address);
    if (event.type !== 'resource' || event.status !== 'done') return;
    if (event.action === 'create') {
      this.done.add += 1;
      if (this.toReplace.has(event.address)) this.done.replace += 1;
    }
    if (event.action === 'update') this.done.change += 1;
    if (event.action === 'delete') this.done.remove += 1;
  }

  get counts(): Counts {
    return { ...this.done };
  }
}
