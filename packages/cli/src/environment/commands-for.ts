import type { Environment } from '@nightshift/config';

/** Commands that messages tell people to run, for one environment. */
export interface SuggestedCommands {
  /** Such as `npx nx run network:deploy -c dev`. */
  readonly target: (project: string, target: string) => string;
}

export function commandsFor({ name, suffix }: Pick<Environment, 'name' | 'suffix'>): SuggestedCommands {
  const prefix = name === suffix ? '' : `ENVIRONMENT_SUFFIX=${suffix} `;
  return { target: (project, target) => `${prefix}npx nx run ${project}:${target} -c ${name}` };
}
