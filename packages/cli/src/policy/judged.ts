import type { Environment } from '@nightshift/config';
import type { Model, Subject } from '@nightshift/policy';

/** Something to judge, or to ask who reaches whom in it. */
export interface Judged {
  /** As people call it: `dev`, `preview as pr-1`, the directory or file as the user wrote it. */
  readonly name: string;
  readonly model: Model;
  /** Whose waivers count. @default - made elsewhere: nothing is waived */
  readonly environment?: Environment;
  /** The file that something is in, relative to the workspace. */
  readonly fileOf: (subject: Subject) => string;
}
