export interface EverydayCommands {
  /** Such as `npx nightshift bootstrap -c dev`. */
  readonly nightshift: (verb: string) => string;
  /** Such as `npx nx run-many -t deploy -c dev`. */
  readonly nx: (target: string) => string;
  /** Such as `npx nx run network:deploy -c dev`. */
  readonly nxRun: (project: string, target: string) => string;
}

interface NamedEnvironment {
  /** Of its file. */
  readonly name: string;
  readonly suffix: string;
}

/** Commands on an environment for messages; for an ephemeral environment, with its suffix before them. */
export function everydayCommands({ name, suffix }: NamedEnvironment): EverydayCommands {
  const prefix = name === suffix ? '' : `ENVIRONMENT_SUFFIX=${suffix} `;
  return {
    nightshift: (verb) => `${prefix}npx nightshift ${verb} -c ${name}`,
    nx: (target) => `${prefix}npx nx run-many -t ${target} -c ${name}`,
    nxRun: (project, target) => `${prefix}npx nx run ${project}:${target} -c ${name}`,
  };
}
