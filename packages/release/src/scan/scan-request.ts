import type { FoundImage, WantedImage } from './find-image';

/** What is needed to come by the result of a scan. */
export interface ScanRequest extends WantedImage {
  readonly found: FoundImage;
  /** Starts a scan where there is none, or where it failed. */
  readonly start: boolean;
  /** How long to wait for the end of the scan. */
  readonly timeoutSeconds: number;
  readonly effects: {
    readonly now: () => Date;
    /** Milliseconds of a clock that only goes forward. */
    readonly monotonic: () => number;
  };
  readonly sleep: (milliseconds: number) => Promise<unknown>;
  /** Told from time to time while the scan goes on. */
  readonly onWait: (text: string) => void;
}
