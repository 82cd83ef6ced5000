import type { ResourceEvent, TerraformAction, TerraformEvent, TerraformPhase } from '@nightshift/terraform';
import { duration, type Colours } from '@nightshift/console';

/** A stack, as far as its progress shows it. */
export interface ShownStack {
  readonly name: string;
  /** Names of all stacks of the environment. */
  readonly siblings: readonly string[];
  /** The construct of the resource at an address, such as `network/Vpc/Resource`. */
  readonly constructPath: (address: string) => string | undefined;
}

interface EventLineProps extends Pick<ShownStack, 'constructPath'> {
  readonly milliseconds: number;
  readonly colours: Colours;
}

/** Hundreds of refreshes and reads would hide the changes; a provisioner is part of a creation. */
const hidden: readonly TerraformAction[] = ['refresh', 'read', 'provision'];

/** Those that may take long and do not come every time. */
const lastingPhases: readonly TerraformPhase[] = ['init', 'install', 'lock'];

/** The line for an event; undefined where it has none. */
export function eventLine(event: TerraformEvent, props: EventLineProps): string | undefined {
  switch (event.type) {
    case 'resource':
      return resourceLine(event, props);
    case 'diagnostic': {
      // Errors are printed when the run has ended, with what to do.
      if (event.severity === 'error') return undefined;
      const about = event.address === undefined ? '' : ` (${place(event.address, props)})`;
      const detail = event.detail.replace(/\n[^]*/, '');
      return `${props.colours.yellow('!')} ${event.summary}${detail === '' ? '' : `: ${detail}`}${about}`;
    }
    case 'phase':
      return lastingPhases.includes(event.phase) ? phaseWords[event.phase] : undefined;
    case 'summary':
    case 'planned':
    case 'drift':
      return undefined;
  }
}

/** `aws_vpc.Vpc_1A2B (network/Vpc/Resource)` */
export function place(address: string, { constructPath, colours }: Omit<EventLineProps, 'milliseconds'>): string {
  const path = constructPath(address);
  return path === undefined ? address : `${address} ${colours.dim(`(${path})`)}`;
}

function resourceLine({ address, action, status }: ResourceEvent, props: EventLineProps): string | undefined {
  const { colours, milliseconds } = props;
  const { mark, colour, doing, done } = actionWords[action];
  const time = colours.dim(duration(milliseconds));
  if (status === 'failed')
    return `${colours.red('x')} ${place(address, props)} ${colours.red('failed')} ${doing} ${time}`;
  if (status !== 'done' || hidden.includes(action)) return undefined;
  return `${colours[colour](mark)} ${place(address, props)} ${done} ${time}`;
}

interface ActionWords {
  readonly mark: string;
  readonly colour: 'green' | 'yellow' | 'red' | 'magenta' | 'dim';
  /** While Terraform does it. */
  readonly doing: string;
  readonly done: string;
}

const words = (mark: string, colour: ActionWords['colour'], doing: string, done: string): ActionWords => ({
  mark,
  colour,
  doing,
  done,
});

/** How people read what Terraform does. The marks are those of `terraform plan`. */
export const actionWords: Readonly<Record<TerraformAction, ActionWords>> = {
  create: words('+', 'green', 'creating', 'created'),
  update: words('~', 'yellow', 'updating', 'updated'),
  delete: words('-', 'red', 'destroying', 'destroyed'),
  replace: words('±', 'magenta', 'replacing', 'replaced'),
  read: words('<', 'dim', 'reading', 'read'),
  refresh: words('<', 'dim', 'refreshing', 'refreshed'),
  move: words('>', 'dim', 'moving', 'moved'),
  import: words('>', 'green', 'importing', 'imported'),
  remove: words('.', 'dim', 'forgetting', 'forgotten'),
  noop: words(' ', 'dim', 'checking', 'checked'),
  provision: words('+', 'green', 'provisioning', 'provisioned'),
  open: words('<', 'dim', 'opening', 'opened'),
  renew: words('<', 'dim', 'renewing', 'renewed'),
  close: words('<', 'dim', 'closing', 'closed'),
};

/** The current phase while Terraform changes no resource. */
export const phaseWords: Readonly<Record<TerraformPhase, string>> = {
  init: 'connecting to state and provider',
  install: 'installing the provider',
  lock: 'waiting for the state lock, which another run holds',
  plan: 'planning',
  apply: 'comparing with AWS',
  destroy: 'reading the resources',
  outputs: 'reading the outputs',
  show: 'reading the plan',
  state: 'reading the state',
  unlock: 'removing the lock',
};

/** The stack's name in a column: lines of stacks that run side by side come mixed. */
export function prefixOf({ name, siblings }: Pick<ShownStack, 'name' | 'siblings'>): string {
  return `${name.padEnd(Math.max(...siblings.map(({ length }) => length)))}  `;
}
