import { type Colours, cut, duration } from '@nightshift/console';
import type { ResourceEvent, TerraformAction, TerraformEvent, TerraformPhase } from '@nightshift/terraform';

/** The parts of a stack in its progress. */
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
  /** Such as `37/118`, for a change that is done. @default - none */
  readonly counter?: string | undefined;
  /** Columns of the terminal. @default - unlimited */
  readonly columns?: number;
}

/** Hundreds of refreshes and reads would hide the changes; a provisioner is part of a creation. */
const hidden: readonly TerraformAction[] = ['refresh', 'read', 'provision'];

/** Phases that can take long and do not occur in every run. */
const lastingPhases: readonly TerraformPhase[] = ['init', 'install', 'lock'];

/** The line for an event; undefined without one. */
export function eventLine(event: TerraformEvent, props: EventLineProps): string | undefined {
  switch (event.type) {
    case 'resource':
      return resourceLine(event, props);
    case 'diagnostic': {
      // Errors are printed at the end of the run, with their fixes.
      if (event.severity === 'error') return undefined;
      const about = event.address === undefined ? '' : ` (${nameOf(event.address, props)})`;
      const detail = event.detail.replace(/\n[^]*/, '');
      return `${props.colours.yellow('!')} ${event.summary}${detail === '' ? '' : `: ${detail}`}${about}`;
    }
    case 'phase':
      return lastingPhases.includes(event.phase) ? terraformPhases[event.phase] : undefined;
    case 'summary':
    case 'planned':
    case 'drift':
      return undefined;
  }
}

/**
 * The construct of a resource and its type, such as `Vpc/Private1  aws_subnet`. Without the name of the stack. A resource that is not in
 * the configuration has only its address.
 */
export function nameOf(address: string, { constructPath }: Pick<ShownStack, 'constructPath'>): string {
  const path = constructPath(address);
  if (path === undefined) return address;
  const construct = path.replace(/^[^/]*\//, '').replace(/\/Resource$/, '');
  return `${construct}${/\[.*\]$/.exec(address)?.[0] ?? ''}  ${address.replace(/^data\./, '').replace(/\..*/, '')}`;
}

function resourceLine({ address, action, status }: ResourceEvent, props: EventLineProps): string | undefined {
  const { colours, milliseconds, counter, columns = Infinity } = props;
  const { mark, colour, doing } = actionWords[action];
  const time = duration(milliseconds);
  if (status === 'failed')
    return `${colours.red('x')} ${nameOf(address, props)}  ${colours.red('failed')} ${doing} ${colours.dim(time)}`;
  if (status !== 'done' || hidden.includes(action)) return undefined;
  const before = counter === undefined ? '' : `${colours.dim(counter)} `;
  const name = cut(nameOf(address, props), columns - (counter?.length ?? -1) - time.length - ' +   '.length);
  return `${before}${colours[colour](mark)} ${name}  ${colours.dim(time)}`;
}

interface ActionWords {
  readonly mark: string;
  readonly colour: 'green' | 'yellow' | 'red' | 'magenta' | 'dim';
  /** During the action. */
  readonly doing: string;
}

const words = (mark: string, colour: ActionWords['colour'], doing: string): ActionWords => ({ mark, colour, doing });

/** The words and marks for actions of Terraform. The marks are those of `terraform plan`. */
export const actionWords: Readonly<Record<TerraformAction, ActionWords>> = {
  create: words('+', 'green', 'creating'),
  update: words('~', 'yellow', 'updating'),
  delete: words('-', 'red', 'destroying'),
  replace: words('±', 'magenta', 'replacing'),
  read: words('<', 'dim', 'reading'),
  refresh: words('<', 'dim', 'refreshing'),
  move: words('>', 'dim', 'moving'),
  import: words('>', 'green', 'importing'),
  remove: words('.', 'dim', 'forgetting'),
  noop: words(' ', 'dim', 'checking'),
  provision: words('+', 'green', 'provisioning'),
  open: words('<', 'dim', 'opening'),
  renew: words('<', 'dim', 'renewing'),
  close: words('<', 'dim', 'closing'),
};

/** The current phase while Terraform changes no resource. */
export const terraformPhases: Readonly<Record<TerraformPhase, string>> = {
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

/** The name of the stack in a column, since lines of parallel stacks are mixed. */
export function prefixOf({ name, siblings }: Pick<ShownStack, 'name' | 'siblings'>): string {
  return `${name.padEnd(Math.max(...siblings.map(({ length }) => length)))}  `;
}
