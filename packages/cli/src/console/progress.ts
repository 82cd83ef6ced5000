import { wholeSeconds, type Terminal, type Time } from '@nightshift/console';
import { actionWords, eventLine, nameOf, phaseWords, prefixOf, type ShownStack } from './event-line';
import { liveProgress, type Progress, WorkInProgress } from './live-progress';

/** The progress view: for a program, a terminal or a log. */
export function progressFor(stack: ShownStack, effects: Terminal & Time, json: boolean): Progress {
  if (json) return jsonProgress(stack, effects);
  return effects.watched ? liveProgress(stack, effects) : lineProgress(stack, effects);
}

const HEARTBEAT_MILLISECONDS = 15_000;

/** More would hide the events. */
const HEARTBEAT_LINES = 5;

/** One line an event, for logs; a line every 15 seconds for changes that take longer. */
export function lineProgress(
  stack: ShownStack,
  effects: Pick<Terminal, 'stdout'> & Pick<Time, 'monotonic' | 'every'>,
): Progress {
  const { write, colours } = effects.stdout;
  const { constructPath } = stack;
  const work = new WorkInProgress(effects.monotonic);
  const print = (text: string) => {
    write(`${prefixOf(stack)}${text}\n`);
  };
  const heartbeat = () => {
    const slow = work.items.filter(({ milliseconds }) => milliseconds >= HEARTBEAT_MILLISECONDS);
    for (const { address, action, milliseconds } of slow.slice(0, HEARTBEAT_LINES)) {
      print(`… ${nameOf(address, stack)}  ${actionWords[action].doing} ${wholeSeconds(milliseconds)}`);
    }
    if (slow.length > HEARTBEAT_LINES) print(`… and ${String(slow.length - HEARTBEAT_LINES)} more`);
    if (work.items.length === 0 && work.phase)
      print(`… ${phaseWords[work.phase.name]} ${wholeSeconds(work.phase.milliseconds)}`);
  };
  const stop = effects.every(HEARTBEAT_MILLISECONDS, heartbeat);
  return {
    event: (event) => {
      const milliseconds = work.read(event);
      const line = eventLine(event, { milliseconds, counter: work.counter, constructPath, colours });
      if (line !== undefined) print(line);
    },
    note: print,
    // The verbs that ask are at a terminal and have a live view.
    hide: () => () => undefined,
    end: stop,
  };
}

/** One JSON object a line, for programs. The events are those of `@nightshift/terraform`, each with stack, time and construct path. */
export function jsonProgress(
  { name, constructPath }: ShownStack,
  { stdout, now }: Pick<Terminal, 'stdout'> & Pick<Time, 'now'>,
): Progress {
  const write = (line: { readonly type: string; readonly address?: string }) => {
    const path = line.address === undefined ? undefined : constructPath(line.address);
    stdout.write(`${JSON.stringify({ ...line, stack: name, constructPath: path, time: now().toISOString() })}\n`);
  };
  return {
    event: write,
    note: (text) => {
      const note = { type: 'note', text } as const;
      write(note);
    },
    hide: () => () => undefined,
    end: () => undefined,
  };
}
