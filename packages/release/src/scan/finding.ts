/** A vulnerability of an image. What the scan does not say is undefined. */
export interface Finding {
  /** Such as `CVE-2024-3094`. */
  readonly name: string;
  /** Such as `CRITICAL`. */
  readonly severity: string;
  /** Such as `xz-utils 5.6.0`. */
  readonly package: string | undefined;
  /** The version of the package that no longer has it. */
  readonly fixedIn: string | undefined;
  /** Where it is described. */
  readonly uri: string | undefined;
}
