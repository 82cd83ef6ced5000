import type { SynthesizedStack } from './synthesized-stack';

/** The commands that error messages tell people to run, for one stack of one environment. */
export interface UserCommands {
  /** Such as `npx nx run network:deploy -c dev`. */
  readonly target: (stack: string, target: string) => string;
  readonly bootstrap: string;
  readonly forceUnlock: (id: string) => string;
  /** Saves the state that Terraform could not save. */
  readonly saveState: string;
}

/** Where Terraform keeps a state that it could not save, in the stack's directory. */
export const UNSAVED_STATE = 'errored.tfstate';

interface Invocation {
  readonly stack: SynthesizedStack;
  /** The environment's file name, the `-c` of every command; differs from the suffix for an ephemeral environment. */
  readonly configuration: string;
}

export function userCommands({ stack, configuration }: Invocation): UserCommands {
  const prefix = configuration === stack.suffix ? '' : `ENVIRONMENT_SUFFIX=${stack.suffix} `;
  return {
    target: (name, target) => `${prefix}npx nx run ${name}:${target} -c ${configuration}`,
    bootstrap: `${prefix}npx nightshift bootstrap -c ${configuration}`,
    forceUnlock: (id) => `${prefix}npx nightshift unlock ${stack.name} ${id} -c ${configuration}`,
    saveState: `${prefix}npx nightshift push-state ${stack.name} -c ${configuration}`,
  };
}
