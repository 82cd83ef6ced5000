import type { ConfigurationOption } from '../../environment/configuration-option';
import type { OnInterrupt } from '../control/interrupts';

/** What can be said of every verb that watches. */
export interface WatchOptions extends ConfigurationOption {
  readonly onInterrupt?: OnInterrupt;
  readonly json?: boolean;
  /** A file to which the report is appended as Markdown. */
  readonly summary?: string;
}

export interface ReleaseOptions extends WatchOptions {
  /** Tag or digest. Of a release. */
  readonly image?: string;
  /** Stops before anything is changed. */
  readonly check?: boolean;
  readonly yes?: boolean;
  readonly detach?: boolean;
  /** Why it may reach into a processing window. */
  readonly duringWindow?: string;
}
