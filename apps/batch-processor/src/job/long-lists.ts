import { z } from 'zod';

/**
 * How many problems of a job are reported. A body of some megabytes can contain millions of invalid values, and each report takes many
 * times the memory of the value. Validation stops after one more than these.
 */
export const MOST_PROBLEMS = 100;

const RETURNS = 'is not a map of daily returns - send { "<instrument>": [ … ] }';
const RETURN_LIST = 'is not a list of daily returns - send one number for each date';
const RETURN = 'is not a daily return - send a number from -1 to 1000, where 0.01 is 1 %';

/** A list with at least one element. */
export function listOf<T>(element: z.ZodType<T>, message: string) {
  return z.custom<T[]>().superRefine((list: unknown, { issues }) => {
    if (!Array.isArray(list) || list.length === 0) {
      issues.push({ code: 'custom', message, input: list });
      return;
    }
    for (const [index, value] of list.entries()) {
      const found = element.safeParse(value, { reportInput: true }).error?.issues ?? [];
      issues.push(...(found.map((issue) => ({ ...issue, path: [index, ...issue.path] })) as typeof issues));
      if (issues.length > MOST_PROBLEMS) return;
    }
  });
}

/** Instrument → its return in each scenario: nearly all of a job's values, so they are checked without a schema, for speed. */
export const returnsByInstrument = z.custom<Record<string, number[]>>().superRefine((map: unknown, { issues }) => {
  const report = (path: PropertyKey[], message: string, input: unknown) =>
    issues.push({ code: 'custom', path, message, input });
  if (typeof map !== 'object' || map === null || Array.isArray(map)) {
    report([], RETURNS, map);
    return;
  }
  for (const [instrument, list] of Object.entries(map as Record<string, unknown>)) {
    if (!Array.isArray(list)) report([instrument], RETURN_LIST, list);
    else wrongReturns(list).forEach((index) => report([instrument, index], RETURN, list[index]));
    if (issues.length > MOST_PROBLEMS) return;
  }
});

function wrongReturns(list: readonly unknown[]): readonly number[] {
  const wrong: number[] = [];
  for (const [index, value] of list.entries()) {
    const isReturn = typeof value === 'number' && value >= -1 && value <= 1000;
    if (!isReturn && wrong.push(index) > MOST_PROBLEMS) break;
  }
  return wrong;
}
