import type { ResourceEvent, TerraformAction, TerraformEvent, TerraformPhase } from '@nightshift/terraform';

/** A resource that Terraform is busy with. */
export interface WorkItem {
  readonly address: string;
  readonly action: TerraformAction;
  readonly milliseconds: number;
}

/** Keeps account of what is in work, and since when. */
export class WorkInProgress {
  private readonly started = new Map<string, { readonly action: TerraformAction; readonly at: number }>();
  private currentPhase: TerraformPhase | undefined;
  private phaseStarted = 0;

  constructor(private readonly clock: () => number) {}

  /** Takes note of an event. Gives how long the resource took where it ends some work, 0 otherwise. */
  read(event: TerraformEvent): number {
    if (event.type === 'phase') {
      this.currentPhase = event.phase;
      this.phaseStarted = this.clock();
      this.started.clear();
    }
    return event.type === 'resource' ? this.readResource(event) : 0;
  }

  /** In the order in which they were started. */
  get items(): readonly WorkItem[] {
    return [...this.started].map(([address, { action, at }]) => ({ address, action, milliseconds: this.clock() - at }));
  }

  /** What goes on while no resource is in work. */
  get phase(): { readonly name: TerraformPhase; readonly milliseconds: number } | undefined {
    return this.currentPhase && { name: this.currentPhase, milliseconds: this.clock() - this.phaseStarted };
  }

  private readResource({ address, action, status }: ResourceEvent): number {
    // A provisioner runs inside of the creation of its resource.
    if (action === 'provision') return 0;
    const { at } = this.started.get(address) ?? { at: this.clock() };
    if (status === 'done' || status === 'failed') this.started.delete(address);
    else this.started.set(address, { action, at });
    return this.clock() - at;
  }
}
