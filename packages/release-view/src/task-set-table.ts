import { cut, span, type TextLine, type TextStyle, widthOf } from '@nightshift/console';
import type { TaskSetView } from '@nightshift/release';

interface Column {
  readonly title: string;
  /** On a narrow terminal columns go, those with the highest number first. */
  readonly dispensable: number;
  readonly cell: (set: TaskSetView) => string;
  /** @default - never */
  readonly style?: (set: TaskSetView) => TextStyle | undefined;
  /** Text stands on the left, numbers on the right. @default - right */
  readonly left?: boolean;
}

/** A long tag is cut before another column has to go. */
const VERSION_WIDTH = 9;

const above =
  (count: 'failed' | 'unhealthy') =>
  (set: TaskSetView): TextStyle | undefined =>
    set[count] > 0 ? 'red' : undefined;

const columns: readonly Column[] = [
  { title: '', dispensable: 0, cell: ({ label }) => label, left: true },
  { title: 'version', dispensable: 0, cell: ({ version }) => cut(version, VERSION_WIDTH), left: true },
  { title: 'task definition', dispensable: 9, cell: ({ taskDefinition }) => taskDefinition, left: true },
  { title: 'traffic', dispensable: 0, cell: ({ trafficPercent }) => `${String(trafficPercent)} %` },
  { title: 'desired', dispensable: 4, cell: ({ desired }) => String(desired) },
  { title: 'running', dispensable: 0, cell: ({ running }) => String(running) },
  { title: 'pending', dispensable: 5, cell: ({ pending }) => String(pending) },
  { title: 'failed', dispensable: 2, cell: ({ failed }) => String(failed), style: above('failed') },
  { title: 'healthy', dispensable: 1, cell: ({ healthy }) => String(healthy) },
  { title: 'unhealthy', dispensable: 3, cell: ({ unhealthy }) => String(unhealthy), style: above('unhealthy') },
  { title: 'draining', dispensable: 8, cell: ({ draining }) => String(draining) },
  { title: 'Spot', dispensable: 6, cell: ({ spot, onDemand }) => `${String(spot)}/${String(spot + onDemand)}` },
];

/** Both task sets, side by side: what runs and what is to run. */
export function taskSetTable(taskSets: readonly TaskSetView[], width: number): readonly TextLine[] {
  const sized = columns.map((column) => ({
    ...column,
    width: Math.max(column.title.length, ...taskSets.map((set) => widthOf(column.cell(set)))),
  }));
  const shown = fitting(sized, width);
  const padded = (text: string, column: Column & { readonly width: number }, index: number) => {
    const blanks = ' '.repeat(column.width - widthOf(text));
    return `${index === 0 ? '' : ' '}${column.left ? `${text}${blanks}` : `${blanks}${text}`}`;
  };
  return [
    shown.map((column, index) => span(padded(column.title, column, index), 'dim')),
    ...taskSets.map((set) =>
      shown.map((column, index) => span(padded(column.cell(set), column, index), column.style?.(set))),
    ),
  ];
}

/** As many columns as there is room for. */
function fitting<T extends { readonly width: number; readonly dispensable: number }>(
  all: readonly T[],
  width: number,
): readonly T[] {
  const needed = all.reduce((sum, column) => sum + column.width + 1, -1);
  const worst = Math.max(...all.map(({ dispensable }) => dispensable));
  return needed <= width || worst === 0
    ? all
    : fitting(
        all.filter(({ dispensable }) => dispensable !== worst),
        width,
      );
}
