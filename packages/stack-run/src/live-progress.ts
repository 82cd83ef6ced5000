import { cut, duration, liveArea, type Terminal, type Time } from '@nightshift/console';
import type { ResourceEvent, TerraformAction, TerraformEvent, TerraformPhase } from '@nightshift/terraform';
import { actionWords, eventLine, nameOf, terraformPhases, type ShownStack } from './event-line';

/** Shows the progress of a run. */
export interface Progress {
  readonly event: (event: TerraformEvent) => void;
  /** Prints a line beside Terraform's events. */
  readonly note: (text: string) => void;
  /** Hides the progress until the returned function is called. */
  readonly hide: () => () => void;
  /** Removes the live area. */
  readonly end: () => void;
}

const FRAME_MILLISECONDS = 200;

/** Maximum number of lines, for small terminals. */
const MOST_LINES = 12;

/** For a terminal: finished changes scroll up, and the current ones stay below them with their duration. */
export function liveProgress(
  stack: ShownStack,
  effects: Pick<Terminal, 'stdout'> & Pick<Time, 'monotonic' | 'every'>,
): Progress {
  const { stdout, monotonic } = effects;
  const { colours } = stdout;
  const { constructPath } = stack;
  const work = new WorkInProgress(monotonic);
  const area = liveArea(stdout);

  const frame = (): readonly string[] => {
    const lines = work.items.map(({ address, action, milliseconds }) => {
      const { mark, colour, doing } = actionWords[action];
      const text = `${nameOf(address, stack)}  ${doing}`;
      const time = duration(milliseconds);
      return `  ${colours[colour](mark)} ${cut(text, stdout.columns - time.length - 6)} ${colours.dim(time)}`;
    });
    if (lines.length > MOST_LINES) {
      lines.splice(MOST_LINES, Infinity, colours.dim(`  … and ${String(lines.length - MOST_LINES)} more`));
    }
    if (lines.length === 0 && work.phase) {
      const time = duration(work.phase.milliseconds);
      const text = cut(`${stack.name}: ${terraformPhases[work.phase.name]}`, stdout.columns - time.length - 4);
      return [`  ${text} ${colours.dim(time)}`];
    }
    return lines;
  };
  let hidden = false;
  const stop = effects.every(FRAME_MILLISECONDS, () => {
    if (!hidden) area.draw(frame());
  });
  return {
    event: (event) => {
      const milliseconds = work.read(event);
      const { columns } = stdout;
      const line = eventLine(event, { milliseconds, counter: work.counter, columns, constructPath, colours });
      // The view shows the current phase.
      if (line !== undefined && event.type !== 'phase') area.draw(frame(), [line]);
    },
    note: (text) => {
      area.draw(frame(), [text]);
    },
    hide: () => {
      hidden = true;
      area.draw([]);
      return () => {
        hidden = false;
      };
    },
    end: () => {
      stop();
      area.draw([]);
    },
  };
}

/** The actions that a plan counts. */
const changes: readonly TerraformAction[] = ['create', 'update', 'delete'];

/** A resource that Terraform is changing. */
interface WorkItem {
  readonly address: string;
  readonly action: TerraformAction;
  readonly milliseconds: number;
}

/** The current changes, and when they started. */
export class WorkInProgress {
  private readonly started = new Map<string, { readonly action: TerraformAction; readonly at: number }>();
  private currentPhase: TerraformPhase | undefined;
  private phaseStarted = 0;
  private total = 0;
  private done = 0;

  constructor(private readonly clock: () => number) {}

  /** Processes an event. Returns the duration of a finished change, otherwise 0. */
  read(event: TerraformEvent): number {
    if (event.type === 'phase') {
      this.currentPhase = event.phase;
      this.phaseStarted = this.clock();
      this.started.clear();
    }
    if (event.type === 'summary' && event.operation === 'plan') {
      this.total = event.add + event.change + event.remove;
      this.done = 0;
    }
    return event.type === 'resource' ? this.readResource(event) : 0;
  }

  /** In the order in which they were started. */
  get items(): readonly WorkItem[] {
    return [...this.started].map(([address, { action, at }]) => ({ address, action, milliseconds: this.clock() - at }));
  }

  /** The changes that are done, of those in the plan; undefined before there is a plan. */
  get counter(): string | undefined {
    const total = String(this.total);
    return this.total === 0 ? undefined : `${String(this.done).padStart(total.length)}/${total}`;
  }

  /** The current phase while Terraform changes no resource. */
  get phase(): { readonly name: TerraformPhase; readonly milliseconds: number } | undefined {
    return this.currentPhase && { name: this.currentPhase, milliseconds: this.clock() - this.phaseStarted };
  }

  private readResource({ address, action, status }: ResourceEvent): number {
    // A provisioner runs inside of the creation of its resource.
    if (action === 'provision') return 0;
    const { at } = this.started.get(address) ?? { at: this.clock() };
    if (status === 'done' && changes.includes(action)) this.done += 1;
    if (status === 'done' || status === 'failed') this.started.delete(address);
    else this.started.set(address, { action, at });
    return this.clock() - at;
  }
}
