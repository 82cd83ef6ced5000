import type { TargetConfiguration } from '@nx/devkit';
import { stackVerbs, type StackVerb } from './stack-verbs';

export interface StackTargetsProps {
  /** The stack's project, such as `network`. */
  readonly stack: string;
  /** Projects of the stacks that read its values, directly or not. */
  readonly dependents: readonly string[];
  readonly environments: readonly string[];
}

type Dependencies = NonNullable<TargetConfiguration['dependsOn']>;

/** Every verb works on what was synthesized. */
const synth = (enforcesPolicy: boolean): Dependencies[number] => ({
  projects: ['platform'],
  target: enforcesPolicy ? 'synth' : 'synth-skip-policy',
});

/** The targets of one stack; a configuration for each environment. */
export function stackTargets(props: StackTargetsProps): Record<string, TargetConfiguration> {
  return Object.fromEntries(
    Object.entries<StackVerb>(stackVerbs).map(([verb, { description, first, enforcesPolicy }]) => [
      verb,
      {
        ...commands(`node packages/nx-stacks/bin/stack-task.mjs ${verb} ${props.stack}`, props.environments),
        cache: false,
        dependsOn: [synth(enforcesPolicy), ...othersFirst(verb, first, props)],
        metadata: {
          description,
          technologies: ['terraform'],
          help: { command: `npx nightshift ${verb} --help`, example: {} },
        },
      },
    ]),
  );
}

interface Commands {
  readonly executor: string;
  readonly options: { readonly command: string };
  readonly configurations: Readonly<Record<string, { readonly command: string }>>;
}

/** Without a configuration the command is run as well: it says that no environment is named. */
export function commands(command: string, environments: readonly string[]): Commands {
  return {
    executor: 'nx:run-commands',
    options: { command },
    configurations: Object.fromEntries(environments.map((name) => [name, { command: `${command} -c ${name}` }])),
  };
}

/** Arguments are forwarded, so that a reason or a format that was given for one stack holds for those that go first. */
function othersFirst(verb: string, first: StackVerb['first'], { dependents }: StackTargetsProps): Dependencies {
  switch (first) {
    case 'dependencies':
      return [{ dependencies: true, target: verb, params: 'forward' }];
    case 'dependents':
      return dependents.length === 0 ? [] : [{ projects: [...dependents], target: verb, params: 'forward' }];
    case 'none':
      return [];
  }
}
