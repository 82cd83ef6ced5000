import type { Problem } from '@nightshift/errors';
import type { EnvironmentFile } from './schema/sections';

/** The file that has a key: the environment file, its base, or neither. */
export type OriginOf = (path: readonly PropertyKey[]) => string | undefined;

/** The content of a file, or all of its problems. */
export type CheckedFile =
  | { readonly file: EnvironmentFile; readonly originOf: OriginOf; readonly problems?: undefined }
  | { readonly file?: undefined; readonly problems: readonly [Problem, ...Problem[]] };

/** Adds problems before those of the check. */
export function alongside(found: readonly Problem[], checked: CheckedFile): CheckedFile {
  const [first, ...others] = [...found, ...(checked.problems ?? [])];
  return first ? { problems: [first, ...others] } : checked;
}

/** Maximum number of reported problems. */
const MOST_PROBLEMS = 20;

/** The first of many problems, and the number of the others. Creates only the reported messages. */
export function firstProblems<T>(
  all: readonly T[],
  where: string,
  problemsOf: (one: T) => readonly Problem[],
): Problem[] {
  const problems = all.slice(0, MOST_PROBLEMS).flatMap(problemsOf);
  const more = all.length - MOST_PROBLEMS;
  if (more <= 0) return problems;
  return [
    ...problems,
    { where, what: `has ${more.toLocaleString('en-US')} more problems`, todo: 'correct these first' },
  ];
}
