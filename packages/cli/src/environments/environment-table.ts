import type { ListedEnvironment } from '@nightshift/config';

const HEADINGS = ['environment', 'suffix', 'cloud', 'region', 'delivered'];
const GAP = '  ';

/** The environments for people, in columns. */
export function environmentTable(environments: readonly ListedEnvironment[]): string {
  const rows = [HEADINGS, ...environments.map(rowOf)];
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((row) => String(row[column]).length)));
  return rows.map((row) => `${padded(row, widths).join(GAP).trimEnd()}\n`).join('');
}

function rowOf({ name, profile, cloud, region, deliveryOrder }: ListedEnvironment): string[] {
  const suffix = profile ? 'ENVIRONMENT_SUFFIX' : name;
  return [name, suffix, cloud, region, deliveryOrder === undefined ? 'by hand' : `as number ${String(deliveryOrder)}`];
}

function padded(row: readonly string[], widths: readonly number[]): string[] {
  return row.map((cell, column) => cell.padEnd(Number(widths[column])));
}
