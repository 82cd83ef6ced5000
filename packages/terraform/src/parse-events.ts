import type { DiagnosticEvent, PlannedEvent, ResourceEvent, TerraformAction, TerraformEvent } from './terraform-event';

/** One output of a stack as Terraform's machine-readable UI reports it: planned with an action, applied with a value. */
export interface OutputMessage {
  readonly sensitive: boolean;
  /** Absent after an apply. */
  readonly action?: string;
  /** Absent in a plan and for sensitive outputs. */
  readonly value?: unknown;
}

/** A line of Terraform's output: an event, the outputs, text that is no JSON, or nothing of interest. */
export type TerraformMessage =
  | TerraformEvent
  | { readonly type: 'outputs'; readonly outputs: Readonly<Record<string, OutputMessage>> }
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'ignored' };

/** The parts of a message that are read here; https://developer.hashicorp.com/terraform/internals/machine-readable-ui */
interface RawMessage {
  readonly type?: string;
  readonly hook?: {
    readonly resource: { readonly addr: string };
    readonly action?: string;
    readonly elapsed_seconds?: number;
  };
  readonly change?: { readonly resource: { readonly addr: string }; readonly action: string; readonly reason?: string };
  readonly changes?: {
    readonly add: number;
    readonly change: number;
    readonly remove: number;
    readonly operation: 'plan';
  };
  readonly outputs?: Readonly<Record<string, OutputMessage>>;
  readonly diagnostic?: RawDiagnostic;
}

interface RawDiagnostic {
  readonly severity: DiagnosticEvent['severity'];
  readonly summary: string;
  readonly detail: string;
  readonly address?: string;
  readonly snippet?: {
    readonly context: string | null;
    readonly values: readonly { readonly traversal: string }[] | null;
  };
}

const ignored: TerraformMessage = { type: 'ignored' };

const statuses: Readonly<Record<string, ResourceEvent['status']>> = {
  start: 'start',
  progress: 'progress',
  complete: 'done',
  errored: 'failed',
};

/** Reads one line of `terraform … -json`. Message types that are unknown or say nothing new are `ignored`. */
export function parseMessage(line: string): TerraformMessage {
  const raw = parseJson(line);
  if (!raw) return line.trim() === '' ? ignored : { type: 'text', text: line };
  const { type = '', hook, change, changes, outputs, diagnostic } = raw;
  if (hook) return resourceEvent(type, hook);
  if (change) return type === 'resource_drift' ? drift(change) : planned(change);
  if (changes) {
    return {
      type: 'summary',
      operation: changes.operation,
      add: changes.add,
      change: changes.change,
      remove: changes.remove,
    };
  }
  if (outputs) return { type: 'outputs', outputs };
  if (diagnostic) return diagnosticEvent(diagnostic);
  return type === 'state_lock_acquire' ? { type: 'phase', phase: 'lock' } : ignored;
}

/** `apply_start`, `provision_errored`, `refresh_complete`, `ephemeral_op_progress` … */
function resourceEvent(type: string, hook: NonNullable<RawMessage['hook']>): TerraformMessage {
  const [, family, step = ''] = /^(apply|provision|refresh|ephemeral_op)_(\w+)$/.exec(type) ?? [];
  const status = statuses[step];
  if (!family || !status) return ignored;
  const fixed: Readonly<Record<string, TerraformAction>> = { provision: 'provision', refresh: 'refresh' };
  return {
    type: 'resource',
    status,
    address: hook.resource.addr,
    action: fixed[family] ?? (hook.action as TerraformAction),
    elapsedSeconds: hook.elapsed_seconds ?? 0,
  };
}

function planned({ resource, action, reason }: NonNullable<RawMessage['change']>): PlannedEvent {
  const event = { type: 'planned', address: resource.addr, action: action as TerraformAction } as const;
  return reason === undefined ? event : { ...event, reason };
}

function drift({ resource, action }: NonNullable<RawMessage['change']>): TerraformEvent {
  return { type: 'drift', address: resource.addr, action: action as TerraformAction };
}

function diagnosticEvent({ severity, summary, detail, address, snippet }: RawDiagnostic): DiagnosticEvent {
  const place = address ?? addressIn(snippet?.context ?? '');
  const references = (snippet?.values ?? []).map(({ traversal }) => traversal);
  return {
    type: 'diagnostic',
    severity,
    summary,
    detail,
    ...(place === undefined ? {} : { address: place }),
    ...(references.length === 0 ? {} : { references }),
  };
}

/** Errors found before the plan carry no address, only the block of the file: `resource.aws_vpc.Vpc_1A.tags`. */
function addressIn(context: string): string | undefined {
  return /^(?:resource\.|(?=data\.))((?:data\.)?[\w-]+\.[\w-]+)/.exec(context)?.[1];
}

function parseJson(line: string): RawMessage | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line) as RawMessage;
  } catch {
    return undefined;
  }
}
