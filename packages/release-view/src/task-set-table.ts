import { cut, span, type TextLine, type TextStyle, widthOf } from '@nightshift/console';
import type { TaskSetView } from '@nightshift/release';
import { taskSetName } from './release-text';

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
  { title: 'version', dispensable: 0, cell: ({ version }) => cut(version, VERSION_WIDTH), left: true },
  { title: 'task definition', dispensable: 9, cell: ({ taskDefinition }) => taskDefinition, left: true },
  { title: 'traffic', dispensable: 0, cell: ({ trafficPercent }) => `${String(trafficPercent)} %` },
  { title: 'running', dispensable: 0, cell: ({ running, desired }) => `${String(running)}/${String(desired)}` },
  { title: 'pending', dispensable: 5, cell: ({ pending }) => String(pending) },
  { title: 'failed', dispensable: 2, cell: ({ failed }) => String(failed), style: above('failed') },
  { title: 'healthy', dispensable: 1, cell: ({ healthy }) => String(healthy) },
  { title: 'unhealthy', dispensable: 3, cell: ({ unhealthy }) => String(unhealthy), style: above('unhealthy') },
  { title: 'draining', dispensable: 8, cell: ({ draining }) => String(draining) },
  { title: 'Spot', dispensable: 6, cell: ({ spot, onDemand }) => `${String(spot)}/${String(spot + onDemand)}` },
];

/** The task sets of a service, a row each. @param nameOf the first cell of a row. */
export function taskSetTable(
  taskSets: readonly TaskSetView[],
  width: number,
  nameOf: (set: TaskSetView) => string = taskSetName,
): readonly TextLine[] {
  const all: readonly Column[] = [{ title: '', dispensable: 0, cell: nameOf, left: true }, ...columns];
  const sized = all.map((column) => ({
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
