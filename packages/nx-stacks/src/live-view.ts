import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cut, duration, liveArea } from '@nightshift/console';
import { type LiveLine, LiveLines } from '@nightshift/files';

const FRAME_MILLISECONDS = 200;

/** Columns between the text and its seconds. */
const GAP = 2;

/**
 * The current work of each running stack, one line for a stack, below everything else on a terminal. The tasks report it in files: Nx
 * runs each stack as a process with pipes, and only the process of Nx has the terminal.
 */
export class LiveView {
  /** The directory of the reports of the tasks. */
  readonly directory: string;
  private readonly lines: LiveLines;
  private readonly area: ReturnType<typeof liveArea>;
  private readonly write: (text: string) => unknown;
  private composed = '';
  /** An incomplete line of Nx. */
  private unfinished = '';
  private timer: NodeJS.Timeout | undefined;

  /** @param terminal its original `write`: after Ctrl-C, Nx disables it. */
  constructor(
    runId: string,
    private readonly terminal: Pick<NodeJS.WriteStream, 'write' | 'columns'>,
  ) {
    this.directory = join(tmpdir(), `nightshift-live-${runId}`);
    this.lines = new LiveLines(this.directory);
    this.write = terminal.write.bind(terminal);
    this.area = liveArea({
      write: (text) => {
        this.composed += text;
      },
      get columns() {
        return terminal.columns;
      },
    });
  }

  /** Redraws the current work periodically. */
  start(): void {
    this.timer = setInterval(() => {
      this.area.draw(this.current());
      this.write(this.taken());
    }, FRAME_MILLISECONDS).unref();
  }

  /** The output for a text: its complete lines, and the current work below. */
  print(text: string): string {
    if (!this.timer) return text;
    const lines = (this.unfinished + text).split('\n');
    this.unfinished = String(lines.pop());
    this.area.draw(this.current(), lines);
    return this.taken();
  }

  /** Removes the current work from the screen. */
  end(): void {
    clearInterval(this.timer);
    this.timer = undefined;
    this.area.draw([]);
    this.write(this.taken() + this.unfinished);
    this.lines.remove();
  }

  private current(): readonly string[] {
    const now = Date.now();
    return this.lines.read().map((line) => this.drawn(line, now));
  }

  private drawn({ text, since }: LiveLine, now: number): string {
    const time = duration(Math.max(0, now - since));
    return `${cut(text, this.terminal.columns - time.length - GAP)}${' '.repeat(GAP)}${time}`;
  }

  private taken(): string {
    const { composed } = this;
    this.composed = '';
    return composed;
  }
}
