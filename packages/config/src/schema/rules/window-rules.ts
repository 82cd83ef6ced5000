import { DAYS, MINUTES_OF_A_DAY as DAY, minuteOf } from '@nightshift/windows/wall-clock';
import type { ProcessingWindowSettings } from '../processing-windows';
import { rule } from './rule';

const WEEK = 7 * DAY;

/** R14.3: the bounds of a window are within those of R7.4, which alarms and quotas use. */
const withinScaling = rule({
  reads: ['processingWindows', 'scaling'],
  check({ processingWindows, scaling }, report) {
    processingWindows.forEach(({ capacity }, index) => {
      const bounds = { minimum: capacity?.minimum, maximum: capacity?.maximum };
      for (const [bound, got] of Object.entries(bounds)) {
        if (got === undefined || (got >= scaling.minimum && got <= scaling.maximum)) continue;
        report(['processingWindows', index, 'capacity', bound], {
          what: 'is not between scaling.minimum and scaling.maximum',
          got,
          todo: `use a number from ${scaling.minimum} to ${scaling.maximum}`,
        });
      }
      if (capacity?.maximum === undefined || capacity.minimum <= capacity.maximum) return;
      report(['processingWindows', index, 'capacity', 'minimum'], {
        what: `is above maximum (${capacity.maximum})`,
        got: capacity.minimum,
        todo: 'lower it or raise maximum',
      });
    });
  },
});

/** Otherwise, the end of one window would reset the capacity of another one. */
const apart = rule({
  reads: ['processingWindows'],
  check({ processingWindows }, report) {
    const raising = processingWindows.flatMap(({ capacity, ...window }, index) =>
      capacity ? [{ ...window, index, spans: spansOf(window, capacity.leadMinutes) }] : [],
    );
    raising.forEach((window, position) => {
      const { index, from, timeZone } = window;
      const before = raising.slice(0, position);
      const other = before.find((one) => one.timeZone !== timeZone || overlap(one.spans, window.spans));
      if (!other) return;
      const sameZone = other.timeZone === timeZone;
      report(['processingWindows', index, sameZone ? 'from' : 'timeZone'], {
        what: sameZone
          ? `changes the capacity at the same time as ${other.name}`
          : `differs from that of ${other.name} (${other.timeZone}), and both change the capacity`,
        got: sameZone ? from : timeZone,
        todo: sameZone
          ? 'change the times, or remove capacity from one of them'
          : 'use one time zone for windows with capacity',
      });
    });
  },
});

/** Start and end in minutes of the week, both included. */
type Span = readonly [number, number];

function spansOf({ days, from, to }: Pick<ProcessingWindowSettings, 'days' | 'from' | 'to'>, lead: number): Span[] {
  const length = (minuteOf(to) - minuteOf(from) + DAY) % DAY || DAY;
  return days.map((day) => {
    const opens = DAYS.indexOf(day) * DAY + minuteOf(from);
    return [opens - lead, opens + length];
  });
}

function overlap(spans: readonly Span[], others: readonly Span[]): boolean {
  const weeks = [-WEEK, 0, WEEK];
  return spans.some(([begin, end]) =>
    others.some(([from, to]) => weeks.some((week) => begin <= to + week && from + week <= end)),
  );
}

export const windowRules = [withinScaling, apart];
