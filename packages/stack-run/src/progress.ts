import type { ProcessVariables } from '@nightshift/aws-access';
import { cut, wholeSeconds, type Terminal, type Time } from '@nightshift/console';
import { LiveLines } from '@nightshift/files';
import { actionWords, eventLine, nameOf, terraformPhases, prefixOf, type ShownStack } from './event-line';
import { stackLine } from './stack-events';
import { liveProgress, type Progress, WorkInProgress } from './live-progress';

/** The progress view: for a program, a terminal or a log. */
export function progressFor(stack: ShownStack, effects: Terminal & Time & ProcessVariables, json: boolean): Progress {
  if (json) return jsonProgress(stack, effects);
  if (effects.watched) return liveProgress(stack, effects);
  const { NIGHTSHIFT_LIVE: directory } = effects.env;
  return directory ? reportedProgress(stack, effects, directory) : lineProgress(stack, effects);
}

const HEARTBEAT_MILLISECONDS = 15_000;

/** Maximum number of changes in a heartbeat. */
const HEARTBEAT_LINES = 5;

/** One line an event, for logs; a line every 15 seconds for changes that take longer. */
export function lineProgress(
  stack: ShownStack,
  effects: Pick<Terminal, 'stdout'> & Pick<Time, 'monotonic' | 'every'>,
): Progress {
  const work = new WorkInProgress(effects.monotonic);
  const { print, event } = eventLines(stack, effects, work);
  const heartbeat = () => {
    const slow = work.items.filter(({ milliseconds }) => milliseconds >= HEARTBEAT_MILLISECONDS);
    for (const { address, action, milliseconds } of slow.slice(0, HEARTBEAT_LINES)) {
      print(`… ${nameOf(address, stack)}  ${actionWords[action].doing} ${wholeSeconds(milliseconds)}`);
    }
    if (slow.length > HEARTBEAT_LINES) print(`… and ${String(slow.length - HEARTBEAT_LINES)} more`);
    if (work.items.length === 0 && work.phase)
      print(`… ${terraformPhases[work.phase.name]} ${wholeSeconds(work.phase.milliseconds)}`);
  };
  const stop = effects.every(HEARTBEAT_MILLISECONDS, heartbeat);
  // Verbs that ask have a live view instead.
  return { event, note: print, hide: () => () => undefined, end: stop };
}

const REPORT_MILLISECONDS = 200;

/** Room for the seconds that the process of Nx draws behind the work. */
const TIME_WIDTH = '  9 min 59 s'.length;

/**
 * One line an event below Nx on a terminal. The process of Nx has the terminal and draws the current work of all stacks below these lines
 * (`live-view.ts` of nx-stacks); this process reports its own.
 */
function reportedProgress(
  stack: ShownStack,
  effects: Pick<Terminal, 'stdout'> & Time & ProcessVariables,
  directory: string,
): Progress {
  const work = new WorkInProgress(effects.monotonic);
  const lines = new LiveLines(directory);
  const columns = Number(effects.env['NIGHTSHIFT_COLUMNS']);
  let reported = '';
  const report = () => {
    const { text, milliseconds } = currentWork(stack, work, columns - prefixOf(stack).length - TIME_WIDTH);
    if (text === reported) return;
    reported = text;
    lines.report(stack.name, { text: `${prefixOf(stack)}${text}`, since: effects.now().getTime() - milliseconds });
  };
  // Nx redraws the work when a line is printed, so a finished resource must be removed before.
  const { print, event } = eventLines(stack, effects, work, { columns, beforeLine: report });
  const stop = effects.every(REPORT_MILLISECONDS, report);
  return {
    event,
    note: print,
    hide: () => () => undefined,
    end: () => {
      stop();
      lines.report(stack.name, undefined);
    },
  };
}

/** The change that has taken longest so far, or the phase. A long name is cut, so that the number of other changes stays visible. */
function currentWork(
  stack: ShownStack,
  work: WorkInProgress,
  width: number,
): { readonly text: string; readonly milliseconds: number } {
  const { items, counter, phase } = work;
  const [first, ...others] = items;
  if (!first) return { text: phase ? terraformPhases[phase.name] : 'starting', milliseconds: phase?.milliseconds ?? 0 };
  const { mark, doing } = actionWords[first.action];
  const before = counter === undefined ? '' : `${counter} `;
  const more = others.length === 0 ? '' : ` and ${String(others.length)} more`;
  const [start, end] = [`${before}${mark} `, `  ${doing}${more}`];
  const name = cut(nameOf(first.address, stack), width - start.length - end.length);
  return { text: `${start}${name}${end}`, milliseconds: first.milliseconds };
}

interface EventLines {
  /** Columns of the terminal. @default - unlimited */
  readonly columns?: number;
  readonly beforeLine?: () => void;
}

/** Prints lines behind the name of the stack. */
function eventLines(
  stack: ShownStack,
  { stdout }: Pick<Terminal, 'stdout'>,
  work: WorkInProgress,
  { columns = Infinity, beforeLine }: EventLines = {},
): Pick<Progress, 'event'> & { readonly print: (text: string) => void } {
  const { write, colours } = stdout;
  const { constructPath } = stack;
  const prefix = prefixOf(stack);
  const print = (text: string) => {
    write(`${prefix}${text}\n`);
  };
  const event: Progress['event'] = (event) => {
    const milliseconds = work.read(event);
    const { counter } = work;
    const line = eventLine(event, { milliseconds, counter, columns: columns - prefix.length, constructPath, colours });
    if (line === undefined) return;
    beforeLine?.();
    print(line);
  };
  return { print, event };
}

/** One JSON object a line, for programs. The events are those of `@nightshift/terraform`, each with stack, time and construct path. */
export function jsonProgress(
  { name, constructPath }: ShownStack,
  { stdout, now }: Pick<Terminal, 'stdout'> & Pick<Time, 'now'>,
): Progress {
  return {
    event: (event) => {
      const about = 'address' in event ? { constructPath: constructPath(event.address) } : {};
      stdout.json(stackLine, { ...event, ...about, stack: name, time: now() });
    },
    note: (text) => {
      stdout.json(stackLine, { type: 'note', text, stack: name, time: now() });
    },
    hide: () => () => undefined,
    end: () => undefined,
  };
}
