import { describeProblem } from '@nightshift/errors';
import type { z } from 'zod';
import { objection } from '../objection';

const LONGEST = 60;

/** An issue of the schema in the platform's form, `<where>: <what>, got <got> - <todo>`. Several unknown keys are several problems. */
export function describeIssue(issue: z.core.$ZodIssue): string[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) =>
      describeProblem({ where: dotted([...issue.path, key]), what: 'is not a known key', todo: 'remove it' }),
    );
  }
  const where = dotted(issue.path);
  const { what, todo } = objection(issue.message);
  if (issue.input === undefined) return [describeProblem({ where, what: 'is missing', todo })];
  return [describeProblem({ where, what, got: shown(issue.input), todo })];
}

/** `positions[0].price`; `body` for the whole job. */
function dotted(path: readonly PropertyKey[]): string {
  const text = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${shortened(String(key))}`)).join('');
  return text === '' ? 'body' : text.replace(/^\./, '');
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  return typeof value === 'string' ? JSON.stringify(shortened(value)) : String(value);
}

function shortened(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}...` : text;
}
