import type { Problem } from '@nightshift/errors';
import type { EnvironmentFile } from './schema/environment';

/** What a file says, or all that is wrong with it. */
export type CheckedFile =
  | { readonly file: EnvironmentFile; readonly problems?: undefined }
  | { readonly file?: undefined; readonly problems: readonly [Problem, ...Problem[]] };

/** Adds problems that were found beside those of the check, and before them. */
export function alongside(found: readonly Problem[], checked: CheckedFile): CheckedFile {
  const [first, ...others] = [...found, ...(checked.problems ?? [])];
  return first ? { problems: [first, ...others] } : checked;
}
