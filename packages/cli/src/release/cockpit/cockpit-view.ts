import type { Snapshot } from '@nightshift/release';

/** What the cockpit shows: a snapshot, and what the snapshot cannot know. */
export interface CockpitView {
  readonly suffix: string;
  readonly kind: 'release' | 'rollback';
  readonly snapshot: Snapshot;
  readonly now: Date;
  /** What else the operator must know, such as a processing window that opens soon. */
  readonly notices: readonly string[];
  /** What can be done about it, as the last line. @default - nothing */
  readonly hint?: string | undefined;
}

export interface Size {
  readonly columns: number;
  readonly rows: number;
}
