import type { TerraformPhase } from '@nightshift/terraform';

/** What goes on while no resource is in work. */
export const phaseWords: Readonly<Record<TerraformPhase, string>> = {
  init: 'connecting to state and provider',
  install: 'installing the provider',
  lock: 'waiting for the state lock, which another run holds',
  plan: 'planning',
  apply: 'comparing with what is there',
  destroy: 'looking at what is there',
  outputs: 'reading the outputs',
  show: 'reading the plan',
  state: 'reading the state',
  unlock: 'removing the lock',
};
