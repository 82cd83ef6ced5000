import type { Snapshot } from '@nightshift/release';
import type { Notices } from '../windows/window-notices';

/** Shows a release while it goes on. */
export interface ReleaseView {
  readonly snapshot: (snapshot: Snapshot) => void;
  /** Something to say beside what snapshots show. */
  readonly note: (text: string) => void;
  /** What can be done just now, or a question. Only a live view has a place for it. */
  readonly hint: (text: string) => void;
  /** Takes away what is not meant to stay. */
  readonly end: () => void;
}

/** What is shown, of which environment. */
export interface ViewProps {
  readonly suffix: string;
  readonly kind: 'release' | 'rollback';
  /** What else the operator must know, such as a processing window that opens soon. */
  readonly notices: Notices;
}
