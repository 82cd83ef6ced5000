import { stripVTControlCharacters } from 'node:util';
import type { Colours } from '../effects';
import { cut } from '../progress/cut';

/** The published values of a stack, one a line in two columns; long ones are cut to `width` characters. */
export function outputLines(
  outputs: Readonly<Record<string, unknown>>,
  { dim }: Pick<Colours, 'dim'>,
  width = 120,
): readonly string[] {
  const column = Math.max(0, ...Object.keys(outputs).map(({ length }) => length));
  return Object.entries(outputs).map(([name, value]) => `  ${dim(name.padEnd(column))}  ${cut(textOf(value), width)}`);
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(textOf).join(', ');
  return typeof value === 'string' ? stripVTControlCharacters(value) : JSON.stringify(value);
}
