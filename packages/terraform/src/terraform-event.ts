/** What Terraform can intend or do with a resource. */
export const terraformActions = [
  'create',
  'update',
  'delete',
  'replace',
  'read',
  'refresh',
  'move',
  'import',
  'remove',
  'noop',
  'provision',
  'open',
  'renew',
  'close',
] as const;

export type TerraformAction = (typeof terraformActions)[number];

/** What a person or a machine that watches a run wants to know, in the order in which it happens. */
export type TerraformEvent =
  | { readonly type: 'phase'; readonly phase: TerraformPhase }
  | PlannedEvent
  | ResourceEvent
  | DiagnosticEvent
  | SummaryEvent
  | { readonly type: 'drift'; readonly address: string; readonly action: TerraformAction };

/**
 * `install`: fetching the provider, which takes minutes when it comes from the registry.
 * `lock`: waiting for the state lock that another run holds.
 */
export type TerraformPhase =
  'init' | 'install' | 'lock' | 'plan' | 'apply' | 'destroy' | 'outputs' | 'show' | 'state' | 'unlock';

export interface PlannedEvent {
  readonly type: 'planned';
  readonly address: string;
  readonly action: TerraformAction;
  /** Terraform's word for why, such as `cannot_update` or `tainted`. */
  readonly reason?: string;
}

/** Refreshing comes as action `refresh`, a data source as `read`; both are quick and rarely worth a line. */
export interface ResourceEvent {
  readonly type: 'resource';
  readonly status: 'start' | 'progress' | 'done' | 'failed';
  readonly address: string;
  readonly action: TerraformAction;
  /** Since the start of this action; whole seconds. */
  readonly elapsedSeconds: number;
}

export interface DiagnosticEvent {
  readonly type: 'diagnostic';
  readonly severity: 'error' | 'warning';
  readonly summary: string;
  /** Several lines, or empty. */
  readonly detail: string;
  /** The resource, data source or provider it is about. */
  readonly address?: string;
  /** The expressions it is about, such as `data.terraform_remote_state.network.outputs`. */
  readonly references?: readonly string[];
}

/** Resource counts of a plan (`operation: 'plan'`) or of what was done. */
export interface SummaryEvent {
  readonly type: 'summary';
  readonly operation: 'plan' | 'apply' | 'destroy';
  readonly add: number;
  readonly change: number;
  readonly remove: number;
}
