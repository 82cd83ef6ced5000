import { cut, span, type TextLine, type TextStyle, widthOf } from '@nightshift/console';
import type { TaskSetView } from '@nightshift/release';
import { taskSetName } from './release-text';

interface Column {
  readonly title: string;
  /** The priority of a column: a narrow terminal omits columns with the highest number first. */
  readonly dispensable: number;
  readonly cell: (set: TaskSetView) => string;
  /** @default - never */
  readonly style?: (set: TaskSetView) => TextStyle | undefined;
  /** The most characters of a cell if the table does not fit otherwise. @default - it is not cut */
  readonly mostWidth?: number;
  /** Text is aligned left, numbers right. @default - right */
  readonly left?: boolean;
}

const above =
  (count: 'failed' | 'unhealthy') =>
  (set: TaskSetView): TextStyle | undefined =>
    set[count] > 0 ? 'red' : undefined;

const columns: readonly Column[] = [
  { title: 'version', dispensable: 0, cell: ({ version }) => version, mostWidth: 9, left: true },
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
  const sized = all.map((column) => withWidth(column, taskSets));
  // A long tag is shortened before a column is omitted.
  const isWhole = totalWidth(sized) <= width;
  const shown = isWhole
    ? sized
    : fitting(
        all.map((column) => withWidth(shortened(column), taskSets)),
        width,
      );
  const padded = (text: string, column: SizedColumn, index: number) => {
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

type SizedColumn = Column & { readonly width: number };

function withWidth(column: Column, taskSets: readonly TaskSetView[]): SizedColumn {
  return { ...column, width: Math.max(column.title.length, ...taskSets.map((set) => widthOf(column.cell(set)))) };
}

function shortened({ mostWidth = Infinity, cell, ...column }: Column): Column {
  return { ...column, cell: (set) => cut(cell(set), mostWidth) };
}

function totalWidth(columns: readonly SizedColumn[]): number {
  return columns.reduce((sum, { width }) => sum + width + 1, -1);
}

/** The columns that fit. */
function fitting(all: readonly SizedColumn[], width: number): readonly SizedColumn[] {
  const worst = Math.max(...all.map(({ dispensable }) => dispensable));
  return totalWidth(all) <= width || worst === 0
    ? all
    : fitting(
        all.filter(({ dispensable }) => dispensable !== worst),
        width,
      );
}
