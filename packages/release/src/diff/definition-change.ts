/** What part of a task a change is about. */
export type ChangeKind =
  | 'image'
  | 'size'
  | 'role'
  | 'command'
  | 'environment'
  | 'secret'
  | 'health-check'
  | 'limit'
  | 'port'
  | 'storage'
  | 'logging'
  /** Not of the task definition: where the tasks run, and on what. */
  | 'service'
  | 'other';

/** One difference between what runs and what will run. Values are text for people; secrets are not among them. */
export interface DefinitionChange {
  readonly kind: ChangeKind;
  /** Such as `environment LOG_LEVEL`; of a second container with its name before. */
  readonly what: string;
  /** Undefined: it was not there. */
  readonly before?: string;
  /** Undefined: it will not be there. */
  readonly after?: string;
}
