/** Leave to break one rule with one resource for a while, as the environment file gives it. */
export interface Waiver {
  readonly rule: string;
  /** Construct path or Terraform address. */
  readonly resource: string;
  readonly reason: string;
  /** The last day, `2026-01-31`. */
  readonly expires: string;
  readonly owner: string;
}
