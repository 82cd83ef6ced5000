import type { PolicyStatement } from '../model/policy-statements';

/** What a message says of a statement: with its id, where it has one. */
export function inStatement({ sid }: PolicyStatement, what: string): string {
  return sid === '' ? what : `${sid}: ${what}`;
}
