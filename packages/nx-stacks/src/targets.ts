import type { TargetConfiguration } from '@nx/devkit';

/** A target of every stack and the `nightshift` verb of the same name. */
export interface StackVerb {
  /** The description in `nx show project`. */
  readonly description: string;
  /** Which other stacks have the same verb run on them first. */
  readonly first: 'dependencies' | 'dependents' | 'none';
  /** Whether a run of several stacks ends with a table. */
  readonly summarized: boolean;
  /** Whether violations block it. Users must be able to inspect and destroy an environment that violates a rule. */
  readonly enforcesPolicy: boolean;
}

export const stackVerbs = {
  plan: {
    description: 'Shows the changes that a deploy of this stack would make, and saves the plan.',
    first: 'none',
    summarized: true,
    enforcesPolicy: true,
  },
  prepare: {
    description: 'Creates the resources of this stack that depend on no other stack, if the stack is not deployed.',
    first: 'none',
    summarized: false,
    enforcesPolicy: true,
  },
  deploy: {
    description: 'Deploys this stack, after the stacks that it depends on.',
    first: 'dependencies',
    summarized: true,
    enforcesPolicy: true,
  },
  redeploy: {
    description: 'Deploys only this stack.',
    first: 'none',
    summarized: true,
    enforcesPolicy: true,
  },
  destroy: {
    description: 'Destroys this stack, after the stacks that depend on it.',
    first: 'dependents',
    summarized: true,
    enforcesPolicy: false,
  },
  outputs: {
    description: 'Prints the values that this stack publishes.',
    first: 'none',
    summarized: false,
    enforcesPolicy: false,
  },
  drift: {
    description: 'Shows changes to this stack made outside of Terraform.',
    first: 'none',
    summarized: true,
    enforcesPolicy: false,
  },
} as const satisfies Record<string, StackVerb>;

type StackVerbName = keyof typeof stackVerbs;

export function isStackVerb(target: string): target is StackVerbName {
  return Object.hasOwn(stackVerbs, target);
}

/** The stack whose service is released. */
export const RELEASED_STACK = 'compute';

/** Its targets for releases, and the `nightshift` verbs of the same name. */
const releaseVerbs = {
  release: 'Replaces the running version without a dropped request and watches the release: --image <tag or digest>.',
  rollback: 'Rolls back to the last successful release and watches.',
} as const;

export function isReleaseVerb(target: string): target is keyof typeof releaseVerbs {
  return Object.hasOwn(releaseVerbs, target);
}

/** All targets of stacks and of the platform. */
export const targetNames: readonly string[] = [
  ...Object.keys(stackVerbs),
  ...Object.keys(releaseVerbs),
  'synth',
  'synth-skip-policy',
];

interface StackTargetsProps {
  /** The stack's project, such as `network`. */
  readonly stack: string;
  /** Projects of the stacks that read its values, directly or not. */
  readonly dependents: readonly string[];
  /** Whether one of its upstream stacks has an upstream stack itself. @default false */
  readonly waitsLong?: boolean;
  readonly environments: readonly string[];
}

type Dependencies = NonNullable<TargetConfiguration['dependsOn']>;

/** Every verb needs the synthesized files. */
const synth = (enforcesPolicy: boolean): Dependencies[number] => ({
  projects: ['platform'],
  target: enforcesPolicy ? 'synth' : 'synth-skip-policy',
});

/** The targets of one stack; a configuration for each environment. */
export function stackTargets(props: StackTargetsProps): Record<string, TargetConfiguration> {
  const verbs = Object.entries<StackVerb>(stackVerbs).filter(([verb]) => verb !== 'prepare' || props.waitsLong);
  return Object.fromEntries(
    verbs.map(([verb, { description, first, enforcesPolicy }]) => [
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

/** Runs the command even without a configuration: it reports the missing environment. */
function commands(command: string, environments: readonly string[]): Commands {
  return {
    executor: 'nx:run-commands',
    options: { command },
    configurations: Object.fromEntries(environments.map((name) => [name, { command: `${command} -c ${name}` }])),
  };
}

/** Forwards arguments, so that options such as a reason also apply to the stacks that run first. */
function othersFirst(
  verb: string,
  first: StackVerb['first'],
  { dependents, waitsLong = false }: StackTargetsProps,
): Dependencies {
  switch (first) {
    case 'dependencies':
      return [
        ...(waitsLong ? [{ target: 'prepare', params: 'forward' as const }] : []),
        { dependencies: true, target: verb, params: 'forward' },
      ];
    case 'dependents':
      return dependents.length === 0 ? [] : [{ projects: [...dependents], target: verb, params: 'forward' }];
    case 'none':
      return [];
  }
}

interface SynthTargetProps {
  readonly environments: readonly string[];
  /** The suffix of an ephemeral environment. @default - the environment's name */
  readonly suffix: string | undefined;
  /** Writes the configuration even if it violates a rule. @default false */
  readonly skipPolicy?: boolean;
}

/** The variable that holds today's date, `2026-01-31`. The command does not read it: it uses the clock. */
export const DAY = 'NIGHTSHIFT_DAY';

/**
 * Writes `cdktf.out/<suffix>`. The only target with a cache, with and without a policy check: its outputs are the files that it writes and no folder, as
 * Nx removes old outputs before it restores cached ones, and Terraform's files are in the same folders.
 */
export function synthTarget({ environments, suffix, skipPolicy = false }: SynthTargetProps): TargetConfiguration {
  const verb = `node packages/cli/bin/nightshift.mjs synth${skipPolicy ? ' --skip-policy' : ''}`;
  const { executor, options, configurations } = commands(verb, environments);
  return {
    executor,
    // Nx would append unknown options, such as `suffix`, to the command.
    options: { ...options, forwardAllArgs: false },
    configurations: Object.fromEntries(
      Object.entries(configurations).map(([name, command]) => [name, { ...command, suffix: suffix ?? name }]),
    ),
    cache: true,
    inputs: [
      'production',
      '^production',
      { input: 'production', projects: ['cli'] },
      '{workspaceRoot}/environments/**/*.yaml',
      '{workspaceRoot}/cdktf.json',
      { env: 'ENVIRONMENT_SUFFIX' },
      // The output does not depend on the date, but waivers expire, so synth must run again every day.
      { env: DAY },
    ],
    outputs: ['manifest.json', 'stacks/*/cdk.tf.json'].map(
      (file) => `{workspaceRoot}/cdktf.out/{options.suffix}/${file}`,
    ),
    metadata: {
      description: skipPolicy
        ? 'Writes the configuration even if it violates a rule, to inspect or destroy it. plan and deploy still refuse it.'
        : 'Writes the Terraform configuration of all stacks of an environment to cdktf.out/<suffix>.',
      technologies: ['cdktf'],
      help: { command: 'npx nightshift synth --help', example: {} },
    },
  };
}

/** Targets for releases. They use the deployed stacks, so they have no dependencies. */
export function releaseTargets(environments: readonly string[]): Record<string, TargetConfiguration> {
  return Object.fromEntries(
    Object.entries(releaseVerbs).map(([verb, description]) => [
      verb,
      {
        ...commands(`node packages/nx-stacks/bin/stack-task.mjs ${verb}`, environments),
        cache: false,
        metadata: {
          description,
          technologies: ['codedeploy'],
          help: { command: `npx nightshift ${verb} --help`, example: {} },
        },
      },
    ]),
  );
}

/** Characters that a shell interprets: Nx puts an argument that contains one in double quotes. */
const SPECIAL = /[|&;<>()$`\\!"'*?[\]{}~#\s]/;

/** Characters that a shell interprets inside double quotes too. */
const SPECIAL_IN_QUOTES = /["$`\\]/;

const OPTION = /^--[\w-]+=/;

/**
 * Whether Nx passes an argument on unchanged. Nx builds one line for a shell from the command and its arguments. It does not quote an
 * argument that seems to be quoted, or with `=` after something other than an option.
 */
export function isShellSafe(argument: string): boolean {
  if (!SPECIAL.test(argument)) return true;
  if (argument.includes('=') && !OPTION.test(argument)) return false;
  const value = argument.replace(OPTION, '');
  return !SPECIAL_IN_QUOTES.test(value) && !value.startsWith("'");
}
