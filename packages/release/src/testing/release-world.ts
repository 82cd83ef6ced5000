import { nextAction, type ReleaseAction, type ReleaseFacts, type Role } from '../start/next-action';

/** Something that happens to a process, or to the world around all of them. */
export type WorldEvent =
  | { readonly kind: 'step' | 'kill' | 'fail' | 'lose'; readonly who: number }
  | { readonly kind: 'time-passes' | 'deployment-ends'; readonly who?: undefined };

interface Process {
  readonly role: Role;
  alive: boolean;
  pending: Pending | undefined;
  suspended: boolean;
  /** The version of the record at which it put auto-scaling back. */
  restoredAt: number | undefined;
  revision: boolean;
  failed: boolean;
  /** What it came to. */
  end: 'done' | 'watch' | undefined;
}

/** One release in a world that can go wrong at any point: what AWS and the record hold, and the processes that work on it. */
export class ReleaseWorld {
  /** What AWS holds. */
  suspended = false;
  deployments = 0;
  ended = false;
  /** What the record holds. */
  record: 'none' | 'open' | 'closed' = 'none';
  noted = { scaling: false, deployment: false };
  private version = 0;
  /** No write for long. */
  private old = false;
  /** A finisher took the starter for gone. */
  private givenUp = false;
  readonly processes: Process[];

  constructor(...roles: Role[]) {
    this.processes = roles.map((role) => ({
      role,
      alive: true,
      pending: undefined,
      suspended: false,
      restoredAt: undefined,
      revision: false,
      failed: false,
      end: undefined,
    }));
  }

  happen(event: WorldEvent): void {
    if (event.who === undefined) {
      if (event.kind === 'time-passes') this.old = true;
      else this.ended = this.deployments > 0;
      return;
    }
    const process = this.processes[event.who] as Process;
    if (!process.alive || process.end) return;
    if (event.kind === 'kill') this.kill(process);
    else this.step(process, event.kind);
  }

  /** Lets a process go on undisturbed to where it ends. */
  finish(who: number): void {
    const process = this.processes[who] as Process;
    for (let steps = 0; steps < 100 && !process.end; steps++) this.happen({ kind: 'step', who });
  }

  /** What keeps auto-scaling from standing still for ever. */
  get someoneWillRestore(): boolean {
    return (
      (this.record === 'open' && this.noted.scaling) ||
      this.processes.some(({ alive, suspended }) => alive && suspended)
    );
  }

  /** A deployment goes on, and no command that looks at releases would find it: its record says that all is over. */
  get unwatched(): boolean {
    return this.deployments > 0 && !this.ended && this.record === 'closed' && this.noted.deployment;
  }

  /**
   * A starter that was slow for minutes, was taken for gone, and is killed right after it has suspended auto-scaling nevertheless: nobody
   * can tell that from a person who suspended it.
   */
  private kill(process: Process): void {
    if (!(this.givenUp && process.suspended)) process.alive = false;
  }

  private step(process: Process, kind: 'step' | 'fail' | 'lose'): void {
    if (!process.pending) {
      const facts = this.facts(process);
      process.pending = { action: nextAction(facts), facts, version: this.version };
      return;
    }
    const { pending } = process;
    const { action } = pending;
    process.pending = undefined;
    if (action === 'done' || action === 'watch')
      process.end = action === 'watch' && process.role === 'finisher' ? undefined : action;
    else if (kind === 'fail') process.failed = true;
    else {
      this.perform(process, action, pending);
      if (kind === 'lose') process.failed = true;
    }
  }

  private facts(process: Process): ReleaseFacts {
    return {
      role: process.role,
      record: this.record,
      scalingNoted: this.noted.scaling,
      suspended: process.suspended,
      restored: process.restoredAt === this.version,
      revision: process.revision,
      deployment: this.deployments === 0 ? 'none' : this.ended ? 'ended' : 'going-on',
      deploymentNoted: this.noted.deployment,
      failed: process.failed,
      abandoned: this.old,
    };
  }

  private perform(process: Process, action: ReleaseAction, { facts, version }: Pending): void {
    const aws: Partial<Record<ReleaseAction, () => void>> = {
      suspend: () => {
        this.suspended = process.suspended = true;
      },
      register: () => {
        process.revision = true;
      },
      deploy: () => {
        this.deployments++;
      },
      restore: () => {
        this.givenUp ||= facts.abandoned;
        this.suspended = process.suspended = false;
        process.restoredAt = this.version;
      },
    };
    const record: Partial<Record<ReleaseAction, () => void>> = {
      begin: () => {
        this.record = 'open';
      },
      'note-scaling': () => {
        this.noted.scaling = true;
      },
      close: () => {
        this.record = 'closed';
      },
      'note-deployment': () => {
        this.noted.deployment = true;
      },
      reopen: () => {
        this.noted.deployment = true;
        this.record = 'open';
      },
    };
    aws[action]?.();
    // Writes are conditional: one that was decided on what is no longer so changes nothing.
    if (!record[action] || version !== this.version) return;
    record[action]();
    this.version++;
    this.old = false;
  }
}

interface Pending {
  readonly action: ReleaseAction;
  readonly facts: ReleaseFacts;
  /** Of the record, when the action was decided. */
  readonly version: number;
}
