import type { ResourceEvent, TerraformAction, TerraformEvent, TerraformPhase } from '@nightshift/terraform';
import type { Colours } from '../effects';
import { actionWords } from './action-words';
import { duration } from './duration';
import { phaseWords } from './phase-words';

interface EventLineProps {
  readonly milliseconds: number;
  readonly constructPath: (address: string) => string | undefined;
  readonly colours: Colours;
}

/** Hundreds of refreshes and reads would hide what changes; a provisioner is part of a creation. */
const hidden: readonly TerraformAction[] = ['refresh', 'read', 'provision'];

/** Those that may take long and do not come every time. */
const lastingPhases: readonly TerraformPhase[] = ['init', 'install', 'lock'];

/** The line that an event leaves behind, or undefined where it is not worth one. */
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
