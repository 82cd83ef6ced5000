import { JsonReader, plainText } from './terraform-output';

/** Terraform's planned or completed actions on a resource. */
const terraformActions = [
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

/** The events of a run, in their order. */
export type TerraformEvent =
  | { readonly type: 'phase'; readonly phase: TerraformPhase }
  | PlannedEvent
  | ResourceEvent
  | DiagnosticEvent
  | SummaryEvent
  | { readonly type: 'drift'; readonly address: string; readonly action: TerraformAction };

/**
 * `install`: downloading the provider, which takes minutes from the registry.
 * `lock`: waiting for the state lock that another run holds.
 */
export type TerraformPhase =
  'init' | 'install' | 'lock' | 'plan' | 'apply' | 'destroy' | 'outputs' | 'show' | 'state' | 'unlock';

export interface PlannedEvent {
  readonly type: 'planned';
  readonly address: string;
  readonly action: TerraformAction;
  /** Terraform's reason, such as `cannot_update` or `tainted`. */
  readonly reason?: string;
}

/** `refresh` for refreshes and `read` for data sources; both are short and rarely shown. */
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
  /** Can have several lines, or be empty. */
  readonly detail: string;
  /** The affected resource, data source or provider. */
  readonly address?: string;
  /** The affected expressions, such as `data.terraform_remote_state.network.outputs`. */
  readonly references?: readonly string[];
}

/** Resource counts of a plan (`operation: 'plan'`) or of completed changes. */
export interface SummaryEvent {
  readonly type: 'summary';
  readonly operation: 'plan' | 'apply' | 'destroy';
  readonly add: number;
  readonly change: number;
  readonly remove: number;
}

/** One output of a stack as Terraform's machine-readable UI reports it: planned with an action, applied with a value. */
export interface OutputMessage {
  readonly name: string;
  readonly sensitive: boolean;
  /** Absent after an apply. */
  readonly action?: TerraformAction;
  /** Absent in a plan and for sensitive outputs. */
  readonly value?: unknown;
}

/** A line of Terraform's output: an event, the outputs, text that is not JSON, or an ignored message. */
export type TerraformMessage =
  | TerraformEvent
  | { readonly type: 'outputs'; readonly outputs: readonly OutputMessage[] }
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'ignored' };

const ignored: TerraformMessage = { type: 'ignored' };

/** The last word of `apply_start`, `provision_errored`, `refresh_complete`, `ephemeral_op_progress` … */
const statuses = new Map<string | undefined, ResourceEvent['status']>([
  ['start', 'start'],
  ['progress', 'progress'],
  ['complete', 'done'],
  ['errored', 'failed'],
]);

/**
 * Reads one line of `terraform … -json`; https://developer.hashicorp.com/terraform/internals/machine-readable-ui
 * Unknown and redundant message types are `ignored`. Never throws.
 */
export function parseMessage(line: string): TerraformMessage {
  const plain = plainText(line).trim();
  const json = JsonReader.parse(plain);
  if (!json) return plain === '' ? ignored : { type: 'text', text: plainText(line) };
  const type = json.text('type') ?? '';
  switch (type) {
    case 'planned_change':
    case 'resource_drift':
      return change(type, json.object('change'));
    case 'change_summary':
      return summary(json.object('changes'));
    case 'outputs':
      return outputs(json.object('outputs'));
    case 'diagnostic':
      return diagnostic(json.object('diagnostic'));
    case 'state_lock_acquire':
      return { type: 'phase', phase: 'lock' };
    case 'log':
      return json.text('@message')?.startsWith('Installing provider version')
        ? { type: 'phase', phase: 'install' }
        : ignored;
    default:
      return resourceEvent(type, json.object('hook'));
  }
}

function resourceEvent(type: string, hook: JsonReader | undefined): TerraformMessage {
  const [, family, step] = /^(apply|provision|refresh|ephemeral_op)_(\w+)$/.exec(type) ?? [];
  const status = statuses.get(step);
  const address = hook?.object('resource')?.text('addr');
  if (!status || hook === undefined || address === undefined) return ignored;
  const action = family === 'provision' || family === 'refresh' ? family : actionOf(hook);
  return { type: 'resource', status, address, action, elapsedSeconds: hook.number('elapsed_seconds') };
}

function change(type: 'planned_change' | 'resource_drift', json: JsonReader | undefined): TerraformMessage {
  const address = json?.object('resource')?.text('addr');
  if (json === undefined || address === undefined) return ignored;
  const action = actionOf(json);
  if (type === 'resource_drift') return { type: 'drift', address, action };
  const reason = json.text('reason');
  return { type: 'planned', address, action, ...(reason === undefined ? {} : { reason }) };
}

/** An unknown action of a later version counts as an update, so that it is visible. */
function actionOf(json: JsonReader): TerraformAction {
  const action = json.text('action');
  return terraformActions.find((known) => known === action) ?? 'update';
}

function summary(changes: JsonReader | undefined): TerraformMessage {
  const operation = (['plan', 'apply', 'destroy'] as const).find((known) => known === changes?.text('operation'));
  if (!changes || !operation) return ignored;
  const count = (name: keyof SummaryEvent) => changes.number(name);
  return { type: 'summary', operation, add: count('add'), change: count('change'), remove: count('remove') };
}

function outputs(json: JsonReader | undefined): TerraformMessage {
  const list = (json?.names() ?? []).flatMap((name): OutputMessage[] => {
    const output = json?.object(name);
    if (!output) return [];
    const value = output.value('value');
    return [
      {
        name,
        sensitive: output.flag('sensitive'),
        ...(output.text('action') === undefined ? {} : { action: actionOf(output) }),
        ...(value === undefined ? {} : { value }),
      },
    ];
  });
  return { type: 'outputs', outputs: list };
}

function diagnostic(json: JsonReader | undefined): TerraformMessage {
  if (!json) return ignored;
  const snippet = json.object('snippet');
  const address = json.text('address') ?? addressIn(snippet?.text('context') ?? '');
  const references = (snippet?.objects('values') ?? []).flatMap((value) => value.text('traversal') ?? []);
  const event: DiagnosticEvent = {
    type: 'diagnostic',
    severity: json.text('severity') === 'warning' ? 'warning' : 'error',
    summary: json.text('summary') ?? '',
    detail: json.text('detail') ?? '',
    ...(address === undefined ? {} : { address }),
    ...(references.length === 0 ? {} : { references }),
  };
  return event;
}

/** Errors before the plan have no address, only the block of the file: `resource.aws_vpc.Vpc_1A.tags`. */
function addressIn(context: string): string | undefined {
  return /^(?:resource\.|(?=data\.))((?:data\.)?[\w-]+\.[\w-]+)/.exec(context)?.[1];
}
