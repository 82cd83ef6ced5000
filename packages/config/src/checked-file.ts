import type { Problem } from '@nightshift/errors';
import type { EnvironmentFile } from './schema/sections';

/** The file that has a key: the environment file, its base, or neither. */
export type OriginOf = (path: readonly PropertyKey[]) => string | undefined;

/** What a file says, or all that is wrong with it. */
export type CheckedFile =
  | { readonly file: EnvironmentFile; readonly originOf: OriginOf; readonly problems?: undefined }
  | { readonly file?: undefined; readonly problems: readonly [Problem, ...Problem[]] };

/** Adds problems that were found beside those of the check, and before them. */
export function alongside(found: readonly Problem[], checked: CheckedFile): CheckedFile {
  const [first, ...others] = [...found, ...(checked.problems ?? [])];
  return first ? { problems: [first, ...others] } : checked;
}

/** Who sees twenty problems corrects them first. */
const MOST_PROBLEMS = 20;

/** The first of many problems, and how many more there are. Only those that are told are put into words. */
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
