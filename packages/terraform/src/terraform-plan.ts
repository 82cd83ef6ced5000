/** The parts of `terraform show -json <plan>` that are read; https://developer.hashicorp.com/terraform/internals/json-format */
export interface TerraformPlan {
  readonly format_version: string;
  readonly terraform_version: string;
  /** False when there is nothing to apply. */
  readonly applyable?: boolean;
  readonly resource_changes?: readonly ResourceChange[];
  /** What changed outside Terraform. */
  readonly resource_drift?: readonly ResourceChange[];
  readonly output_changes?: Readonly<Record<string, Change>>;
}

export interface ResourceChange {
  readonly address: string;
  readonly type: string;
  readonly name: string;
  readonly mode: 'managed' | 'data';
  readonly change: Change;
  /** Such as `replace_because_cannot_update`. */
  readonly action_reason?: string;
}

export interface Change {
  /** A replacement is `['delete', 'create']` or `['create', 'delete']`. */
  readonly actions: readonly ('no-op' | 'create' | 'read' | 'update' | 'delete' | 'forget')[];
  readonly before: unknown;
  readonly after: unknown;
  readonly after_unknown?: unknown;
}
