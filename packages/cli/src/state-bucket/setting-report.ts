/** What came of one setting. With `--check` nothing is changed, and the outcome says what would be. */
export interface SettingReport {
  /** Such as `versioning`. */
  readonly setting: string;
  readonly outcome: 'already so' | 'created' | 'repaired' | 'would be created' | 'would be repaired';
  /** What was found instead. @default - nothing was there, or it was as it should be */
  readonly was?: string;
}

/** Whether something changed, or would with `--check`. */
export function isChange({ outcome }: SettingReport): boolean {
  return outcome !== 'already so';
}
