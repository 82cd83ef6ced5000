import type { ChosenStack } from '../stack/chosen-stack';
import type { Effects } from '../effects';
import { actionWords } from './action-words';
import { cut } from './cut';
import { duration } from './duration';
import { eventLine } from './event-line';
import { phaseWords } from './phase-words';
import type { Progress } from './progress';
import { WorkInProgress } from './work-in-progress';

const FRAME_MILLISECONDS = 200;
/** So that the view stays on a small terminal. */
const MOST_LINES = 12;

/** For a terminal: what is done scrolls up, and below it stands what is in work with the seconds that it takes. */
export function liveProgress(stack: ChosenStack, effects: Pick<Effects, 'stdout' | 'monotonic' | 'every'>): Progress {
  const { stdout, monotonic } = effects;
  const { colours } = stdout;
  const { constructPath } = stack;
  const work = new WorkInProgress(monotonic);
  let shown = 0;

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
  /** Everything in one write, or the terminal flickers. */
  const draw = (lasting: readonly string[], lines: readonly string[]) => {
    // Up to the first line of the view, then clear to the end of the screen.
    const clear = shown === 0 ? '' : `\u001B[${String(shown)}A\u001B[0J`;
    stdout.write(clear + [...lasting, ...lines].map((line) => `${line}\n`).join(''));
    shown = lines.length;
  };
  const stop = effects.every(FRAME_MILLISECONDS, () => {
    draw([], frame());
  });
  return {
    event: (event) => {
      const line = eventLine(event, { milliseconds: work.read(event), constructPath, colours });
      // A phase is in the view while it lasts.
      if (line !== undefined && event.type !== 'phase') draw([line], frame());
    },
    note: (text) => {
      draw([text], frame());
    },
    end: () => {
      stop();
      draw([], []);
    },
  };
}
