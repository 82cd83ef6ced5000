/** A target of every stack and the `nightshift` verb of the same name. */
export interface StackVerb {
  /** What `nx show project` says about it. */
  readonly description: string;
  /** Which other stacks have the same verb run on them first. */
  readonly first: 'dependencies' | 'dependents' | 'none';
  /** Whether a run of several stacks ends with a table. */
  readonly summarized: boolean;
  /** Violations block it. Users must be able to inspect and destroy an environment that violates a rule. */
  readonly enforcesPolicy: boolean;
}

export const stackVerbs = {
  plan: {
    description: 'Shows what a deploy of this stack would change, and saves the plan.',
    first: 'none',
    summarized: true,
    enforcesPolicy: true,
  },
  deploy: {
    description: 'Deploys this stack, after the stacks whose values it reads.',
    first: 'dependencies',
    summarized: true,
    enforcesPolicy: true,
  },
  redeploy: {
    description: 'Deploys this stack and touches no other.',
    first: 'none',
    summarized: true,
    enforcesPolicy: true,
  },
  destroy: {
    description: 'Removes everything in this stack, after the stacks that read its values.',
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
    description: 'Shows what others have changed in this stack.',
    first: 'none',
    summarized: false,
    enforcesPolicy: false,
  },
} as const satisfies Record<string, StackVerb>;

export type StackVerbName = keyof typeof stackVerbs;

export function isStackVerb(target: string): target is StackVerbName {
  return Object.hasOwn(stackVerbs, target);
}
