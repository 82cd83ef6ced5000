import { UserError } from '@nightshift/errors';
import type { Command } from 'commander';
import type { z } from 'zod';
import type { Effects } from './effects';
import { didYouMean } from '@nightshift/config';
import { joined, NightshiftCommand } from './nightshift-command';

const description = 'Plan, deploy, release and destroy the stacks of an environment.';

const epilogue = `
Examples:
  npm start                                   deploy an environment to the local cloud, without an AWS account
  npx nightshift doctor -c dev                check everything that a deployment needs
  npx nx run-many -t deploy -c dev            deploy all stacks, in dependency order
  npx nightshift release -c dev --image 1.4   release a version

For help on a verb, run: npx nightshift <verb> --help

Exit codes:
  0    success
  1    error; the message says how to fix it
  2    changes found (plan --detailed-exitcode, drift, bootstrap --check)
  3    deployed, but no task is healthy (deploy, redeploy)
  10   release failed and rolled back
  11   release failed, and the rollback failed
  12   release stopped
  13   release in progress
  70   internal error of nightshift
  130  interrupted by a signal`;

/** Longer lines are hard to read. */
const MOST_COLUMNS = 110;

/**
 * The command line. Loads only the verb in `argv`; the list `verbs` describes the others.
 * @param argv the arguments after the command's name.
 * @throws {UserError} for an unknown verb.
 */
export async function buildProgram(argv: readonly string[], effects: Effects, version: string): Promise<Command> {
  const program = new NightshiftCommand('nightshift')
    .description(description)
    .usage('<verb> [options]')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [verb]', 'print help for a verb')
    .addHelpText('after', epilogue)
    .configureOutput({
      writeOut: effects.stdout.write,
      getOutHelpWidth: () => Math.min(effects.stdout.columns, MOST_COLUMNS),
    })
    .exitOverride()
    .action(() => {
      throw unknownVerb();
    });
  const operands = argv.filter((argument) => !argument.startsWith('-') && argument !== 'help');
  for (const [name, { summary, load, hidden = false }] of Object.entries<VerbEntry>(verbs)) {
    const command = program.command(name, { hidden }).summary(summary).description(summary);
    if (name === operands[0]) (await load()).register(command, effects);
  }
  if (operands[0] !== undefined && !(operands[0] in verbs)) throw unknownVerb(operands[0]);
  return program;
}

function unknownVerb(got?: string): UserError {
  const shown = Object.entries<VerbEntry>(verbs).flatMap(([name, { hidden }]) => (hidden ? [] : name));
  return new UserError({
    where: 'nightshift',
    what: got === undefined ? 'no verb specified' : 'unknown verb',
    got,
    todo: joined(didYouMean(got ?? '', shown), 'for help run npx nightshift --help'),
  });
}

interface VerbEntry {
  /** Its line in `nightshift --help`. */
  readonly summary: string;
  readonly load: () => Promise<Verb>;
  /** Not shown in the help. @default false */
  readonly hidden?: boolean;
}

/** Every verb of the command, in the order of `nightshift --help`. */
export const verbs = {
  synth: {
    summary: 'write the Terraform configuration of all stacks',
    load: () => import('./commands/synth'),
  },
  plan: {
    summary: 'show the changes that a deploy would make, and save the plan',
    load: () => import('./commands/plan'),
  },
  prepare: {
    summary: 'create what depends on no other stack, before the deploy of a stack',
    load: () => import('./commands/prepare'),
  },
  deploy: { summary: 'deploy one stack', load: () => import('./commands/deploy') },
  redeploy: {
    summary: 'deploy one stack without deploying the stacks it depends on',
    load: () => import('./commands/redeploy'),
  },
  destroy: { summary: 'destroy all resources of a stack', load: () => import('./commands/destroy') },
  outputs: { summary: 'print the values that a stack publishes', load: () => import('./commands/outputs') },
  drift: { summary: 'show changes made outside of Terraform', load: () => import('./commands/drift') },
  unlock: { summary: 'remove the state lock of a crashed run', load: () => import('./commands/unlock') },
  'push-state': {
    summary: 'upload a state that a run could not save',
    load: () => import('./commands/push-state'),
  },
  bootstrap: {
    summary: 'create, check or repair the state bucket of an environment',
    load: () => import('./commands/bootstrap'),
  },
  policy: {
    summary: 'check an environment or a Terraform plan against the policy rules',
    load: () => import('./commands/policy/policy'),
  },
  reach: { summary: 'compute network paths between two places', load: () => import('./commands/reach') },
  status: {
    summary: 'show the stacks and the service of an environment',
    load: () => import('./commands/status'),
  },
  url: { summary: 'print the URL of the service', load: () => import('./commands/url') },
  tasks: { summary: 'list the tasks of the service', load: () => import('./commands/tasks') },
  logs: { summary: 'print or follow the logs of the tasks', load: () => import('./commands/logs') },
  exec: { summary: 'open a shell in a task', load: () => import('./commands/exec') },
  open: { summary: 'print or open the console pages of an environment', load: () => import('./commands/open') },
  release: {
    summary: 'release a version (blue/green), and watch it',
    load: () => import('./commands/release/release'),
  },
  rollback: { summary: 'roll back to the last good release', load: () => import('./commands/release/rollback') },
  scan: { summary: 'check an image for vulnerabilities', load: () => import('./commands/scan') },
  local: {
    summary: 'run the local cloud, an AWS emulator on this machine',
    load: () => import('./commands/local/local'),
  },
  doctor: { summary: 'check the requirements of a deployment', load: () => import('./commands/doctor') },
  environments: {
    summary: 'list environments, or print the job matrix for CI',
    load: () => import('./commands/environments'),
  },
  describe: {
    summary: 'print every value of an environment and where it comes from',
    load: () => import('./commands/describe'),
  },
  'diff-environments': {
    summary: 'show the values that differ between two environments',
    load: () => import('./commands/diff-environments'),
  },
  start: {
    summary: 'start the local cloud and deploy an environment to it (npm start)',
    load: () => import('./commands/start/start'),
  },
  dev: {
    summary: 'release each change of the batch processor to the local cloud',
    load: () => import('./commands/dev'),
  },
  stop: {
    summary: 'stop the local cloud and delete its environments (npm run stop)',
    load: () => import('./commands/stop'),
  },
  completion: {
    summary: 'print a script that completes commands in bash, zsh or fish',
    load: () => import('./commands/completion'),
  },
  complete: {
    summary: 'print the candidates for the last word',
    load: async () => (await import('./commands/complete')).completeVerb(buildProgram),
    hidden: true,
  },
} as const satisfies Record<string, VerbEntry>;

/**
 * A verb: a file in `commands/` that exports `register`, which declares arguments, options and help, and sets the action. It is
 * loaded only if its verb is called. Heavy packages are imported inside the action.
 */
export interface Verb {
  readonly register: (command: Command, effects: Effects) => void;
  /** The output of its commands with `--json`, by name: `release`, `release status`. @default - no command has `--json` */
  readonly output?: Readonly<Record<string, z.ZodType>>;
}
