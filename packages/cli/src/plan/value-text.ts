import { cut } from '../progress/cut';
import { Secret, Unknown } from './masked-value';

const MOST_CHARACTERS = 100;

/** A value of a plan as text for people: JSON, shortened. */
export function valueText(value: unknown): string {
  if (value === undefined || value === null) return '(none)';
  if (value instanceof Secret || value instanceof Unknown) return value.toJSON();
  return cut(JSON.stringify(value), MOST_CHARACTERS);
}
