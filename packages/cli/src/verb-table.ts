import type { Verb } from './verb';

interface VerbEntry {
  /** Its line in `nightshift --help`. */
  readonly summary: string;
  readonly load: () => Promise<Verb>;
}

/** Every verb of the command, in the order of `nightshift --help`. */
export const verbs = {
  synth: { summary: 'write the Terraform configuration of all stacks', load: () => import('./verbs/synth') },
} as const satisfies Record<string, VerbEntry>;

export type VerbName = keyof typeof verbs;
