import type { ChosenStack } from '../stack/chosen-stack';
import type { Effects } from '../effects';
import { actionWords } from './action-words';
import { eventLine, place } from './event-line';
import { phaseWords } from './phase-words';
import { prefixOf } from './prefix-of';
import type { Progress } from './progress';
import { wholeSeconds } from './whole-seconds';
import { WorkInProgress } from './work-in-progress';

const HEARTBEAT_MILLISECONDS = 15_000;
/** More would bury what happens. */
const HEARTBEAT_LINES = 5;

/** One line an event, for logs; every 15 seconds a sign of life for what takes longer. */
export function lineProgress(stack: ChosenStack, effects: Pick<Effects, 'stdout' | 'monotonic' | 'every'>): Progress {
  const { write, colours } = effects.stdout;
  const { constructPath } = stack;
  const work = new WorkInProgress(effects.monotonic);
  const print = (text: string) => {
    write(`${prefixOf(stack)}${text}\n`);
  };
  const heartbeat = () => {
    const slow = work.items.filter(({ milliseconds }) => milliseconds >= HEARTBEAT_MILLISECONDS);
    for (const { address, action, milliseconds } of slow.slice(0, HEARTBEAT_LINES)) {
      print(
        `… ${place(address, { constructPath, colours })} ${actionWords[action].doing} ${wholeSeconds(milliseconds)}`,
      );
    }
    if (slow.length > HEARTBEAT_LINES) print(`… and ${String(slow.length - HEARTBEAT_LINES)} more`);
    if (work.items.length === 0 && work.phase)
      print(`… ${phaseWords[work.phase.name]} ${wholeSeconds(work.phase.milliseconds)}`);
  };
  const stop = effects.every(HEARTBEAT_MILLISECONDS, heartbeat);
  return {
    event: (event) => {
      const line = eventLine(event, { milliseconds: work.read(event), constructPath, colours });
      if (line !== undefined) print(line);
    },
    note: print,
    end: stop,
  };
}
