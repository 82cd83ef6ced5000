import type * as release from '@nightshift/release';

/** What the engine of releases does for the verbs; tests play it. */
export type ReleaseEngine = Pick<
  typeof release,
  'preflight' | 'startRelease' | 'watchRelease' | 'resumeRelease' | 'stopRelease' | 'promoteRelease' | 'releaseHistory'
>;
