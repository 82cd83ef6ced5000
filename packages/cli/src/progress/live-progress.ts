import type { ChosenStack } from '../stack/chosen-stack';
import type { Effects } from '../effects';
import { actionWords } from './action-words';
import { cut } from './cut';
import { duration } from './duration';
import { eventLine } from './event-line';
import { liveArea } from './live-area';
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
