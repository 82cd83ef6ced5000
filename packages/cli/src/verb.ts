import type { Command } from 'commander';
import type { Effects } from './effects';

/**
 * A verb: one file in `verbs/` that exports `register`. It declares arguments, options and help on its own command and
 * sets the action. It is loaded only when its verb is called, so that the others cost nothing; still, import what is heavy
 * inside the action.
 */
export interface Verb {
  readonly register: (command: Command, effects: Effects) => void;
}
