import type { Verb } from './verb';

interface VerbEntry {
  /** Its line in `nightshift --help`. */
  readonly summary: string;
  readonly load: () => Promise<Verb>;
}

/** Every verb of the command, in the order of `nightshift --help`. */
export const verbs = {
  synth: {
    summary: 'write the Terraform configuration of all stacks',
    load: () => import('./verbs/synth'),
  },
  plan: {
    summary: 'show what a deploy of a stack would change, and save the plan',
    load: () => import('./verbs/plan'),
  },
  deploy: { summary: 'make a stack what its configuration says', load: () => import('./verbs/deploy') },
  redeploy: { summary: 'the same, and touch no other stack', load: () => import('./verbs/redeploy') },
  destroy: { summary: 'remove everything in a stack', load: () => import('./verbs/destroy') },
  outputs: { summary: 'print the values that a stack publishes', load: () => import('./verbs/outputs') },
  drift: { summary: 'show what others have changed in a stack', load: () => import('./verbs/drift') },
  unlock: { summary: 'remove the state lock of a run that crashed', load: () => import('./verbs/unlock') },
  'push-state': {
    summary: 'save the state that a run could not save',
    load: () => import('./verbs/push-state'),
  },
  bootstrap: {
    summary: 'create, check or repair the state bucket of an environment',
    load: () => import('./verbs/bootstrap'),
  },
  policy: { summary: 'check an environment, or any plan, against every rule', load: () => import('./verbs/policy') },
  reach: { summary: 'say who reaches whom in the network, and why', load: () => import('./verbs/reach') },
  release: { summary: 'replace the version that runs, and watch it', load: () => import('./verbs/release') },
  rollback: { summary: 'go back to the last good release', load: () => import('./verbs/rollback') },
  scan: { summary: 'say whether an image may run, by its vulnerabilities', load: () => import('./verbs/scan') },
  local: { summary: 'run an AWS on this machine', load: () => import('./verbs/local') },
  doctor: { summary: 'check all that a deployment needs', load: () => import('./verbs/doctor') },
  environments: {
    summary: 'list the environments, or make the job matrix of them',
    load: () => import('./verbs/environments'),
  },
  start: {
    summary: 'from nothing to an environment deployed on this machine (npm start)',
    load: () => import('./verbs/start'),
  },
  stop: { summary: 'take away what start made (npm run stop)', load: () => import('./verbs/stop') },
} as const satisfies Record<string, VerbEntry>;

export type VerbName = keyof typeof verbs;
