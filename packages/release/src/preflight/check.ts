/** What a check found; its title is the check's. */
export type Finding = Omit<ChecklistItem, 'title'>;

/** One thing that must be right before a release. Changes nothing. */
export interface Check {
  readonly title: string;
  /** A `UserError` counts as FAIL; that of a reading that an earlier check failed of as well, as SKIP. */
  readonly look: () => Promise<Finding>;
}

export interface CheckGroup {
  readonly title: string;
  readonly checks: readonly Check[];
}

/** FAIL with all problems at once, or OK. */
export function findingOf(problems: readonly string[], ok: string, remedy: string): Finding {
  return problems.length === 0 ? { mark: 'OK', detail: ok } : { mark: 'FAIL', detail: problems.join('; '), remedy };
}

/** `WARN`: enough today, not when the environment grows. `SKIP`: could not be looked at, or need not. */
export type Mark = 'OK' | 'WARN' | 'FAIL' | 'SKIP';

/** One line of a checklist. */
export interface ChecklistItem {
  readonly mark: Mark;
  /** The thing that is checked, such as `image`. */
  readonly title: string;
  /** What was found. */
  readonly detail: string;
  /** What to do about it, where it is not good. */
  readonly remedy?: string;
}
