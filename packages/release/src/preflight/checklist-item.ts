/** `NG`: not good. `SKIP`: could not be looked at, or need not. */
export type Mark = 'OK' | 'NG' | 'SKIP';

/** One line of a checklist. */
export interface ChecklistItem {
  readonly mark: Mark;
  /** What was looked at, such as `image`. */
  readonly title: string;
  /** What was found. */
  readonly detail: string;
  /** What to do about it, where it is not good. */
  readonly remedy?: string;
}
