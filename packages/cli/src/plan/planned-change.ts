/** One resource that a plan would touch, or that has drifted. */
export interface PlannedChange {
  readonly address: string;
  /** Such as `network/Vpc/Resource`. */
  readonly constructPath: string | undefined;
  readonly action: PlannedAction;
  /** A phrase that begins with "because" or "from". */
  readonly reason: string | undefined;
  /** Of updates and replacements; empty for others. */
  readonly attributes: readonly AttributeChange[];
}

export type PlannedAction = 'create' | 'update' | 'replace' | 'delete' | 'remove' | 'import' | 'move';

/** A value that changes, as text for people: shortened, secrets hidden. */
export interface AttributeChange {
  /** Such as `tags.Owner` or `container_definitions[0].image`. */
  readonly path: string;
  readonly before: string;
  readonly after: string;
  readonly forcesReplacement: boolean;
}
