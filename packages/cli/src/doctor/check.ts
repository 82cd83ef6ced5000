import type { ChecklistItem } from '../checklist/checklist-line';

/** What a check found; its title is the check's. */
export type Finding = Omit<ChecklistItem, 'title'>;

/** One thing that `doctor` looks at. */
export interface Check {
  readonly title: string;
  /** Titles of checks that must be OK before this one makes sense. They stand before it in the list. @default - none */
  readonly needs?: readonly string[];
  /** A `UserError` counts as NG. */
  readonly look: () => Promise<Finding>;
}
