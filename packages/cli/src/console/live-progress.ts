import type { ResourceEvent, TerraformAction, TerraformEvent, TerraformPhase } from '@nightshift/terraform';
import type { Output, Terminal, Time } from '../effects';
import { duration } from './duration';
import { actionWords, eventLine, phaseWords, type ShownStack } from './event-line';
import { cut, widthOf } from './text';

/** Shows the progress of a run. */
export interface Progress {
  readonly event: (event: TerraformEvent) => void;
  /** Prints a line beside Terraform's events. */
  readonly note: (text: string) => void;
  /** Removes the live area. */
  readonly end: () => void;
}

const FRAME_MILLISECONDS = 200;

/** So that the view stays on a small terminal. */
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
      const text = `${address} (${constructPath(address) ?? ''}) ${doing}`.replace(' ()', '');
      const time = duration(milliseconds);
      return `  ${colours[colour](mark)} ${cut(text, stdout.columns - time.length - 6)} ${colours.dim(time)}`;
    });
    if (lines.length > MOST_LINES) {
      lines.splice(MOST_LINES, Infinity, colours.dim(`  … and ${String(lines.length - MOST_LINES)} more`));
    }
    if (lines.length === 0 && work.phase) {
      const time = duration(work.phase.milliseconds);
      const text = cut(`${stack.name}: ${phaseWords[work.phase.name]}`, stdout.columns - time.length - 4);
      return [`  ${text} ${colours.dim(time)}`];
    }
    return lines;
  };
  const stop = effects.every(FRAME_MILLISECONDS, () => {
    area.draw(frame());
  });
  return {
    event: (event) => {
      const line = eventLine(event, { milliseconds: work.read(event), constructPath, colours });
      // A phase is in the view while it lasts.
      if (line !== undefined && event.type !== 'phase') area.draw(frame(), [line]);
    },
    note: (text) => {
      area.draw(frame(), [text]);
    },
    end: () => {
      stop();
      area.draw([]);
    },
  };
}

/** Lines at the end of a terminal's output that are drawn again and again, below what stays. */
interface LiveArea {
  /**
   * Shows lines in place of those before.
   * @param lines no wider than the terminal, or they could not be taken away again.
   * @param lasting lines to leave for good, above them. @default - none
   */
  readonly draw: (lines: readonly string[], lasting?: readonly string[]) => void;
}

/** Synchronized output: a terminal shows the text between both at once, or ignores them: https://gist.github.com/christianparpart/d8a62cc1ab659194337d73e399004036 */
const TOGETHER = { begin: '\u001B[?2026h', end: '\u001B[?2026l' };

const CLEAR_LINE_END = '\u001B[K';

const CLEAR_BELOW = '\u001B[J';

/** An area that does not flicker: lines are written over, in one write, and only if something has changed. */
export function liveArea(stdout: Pick<Output, 'write' | 'columns'>): LiveArea {
  let shown: readonly string[] = [];
  return {
    draw: (lines, lasting = []) => {
      const { columns } = stdout;
      const rows = shown.reduce((sum, line) => sum + rowsOf(line, columns), 0);
      if (lasting.length === 0 && same(lines, shown)) return;
      const up = rows === 0 ? '' : `\u001B[${String(rows)}A`;
      // An unchanged line is skipped, unless other lines have moved or wrapped it.
      const stays = (line: string, index: number) => line === shown[index] && lasting.length + rows === shown.length;
      const above = lasting.map(overwritten);
      const text = [...above, ...lines.map((line, index) => (stays(line, index) ? '\n' : overwritten(line)))].join('');
      stdout.write(`${TOGETHER.begin}${up}${text}${CLEAR_BELOW}${TOGETHER.end}`);
      shown = lines;
    },
  };
}

function overwritten(line: string): string {
  return `${line}${CLEAR_LINE_END}\n`;
}

/** A narrower terminal has wrapped its lines. */
function rowsOf(line: string, columns: number): number {
  return Math.max(1, Math.ceil(widthOf(line) / columns));
}

function same(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((line, index) => line === right[index]);
}

/** A resource that Terraform is busy with. */
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

  /** The current phase while Terraform changes no resource. */
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
