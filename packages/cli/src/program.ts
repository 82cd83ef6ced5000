import { UserError } from '@nightshift/errors';
import { Command } from 'commander';
import type { Effects } from './effects';

const description = 'Plans, deploys, watches and removes the stacks of an environment.';

const epilogue = `
nightshift <verb> --help documents a verb.
Exit codes: 0 done, 1 you must act, 2 changes present, 70 a defect of nightshift, 130 stopped by a signal; of a release
10 rolled back, 11 the rollback failed, 12 stopped, 13 still going on.`;

/** Longer lines are hard to read. */
const MOST_COLUMNS = 110;

/**
 * The command line. Only the verb that is named in `argv` is loaded; of the others the program knows the line in the
 * table.
 * @param argv what follows the command's name.
 * @throws {UserError} when there is no such verb.
 */
export async function buildProgram(argv: readonly string[], effects: Effects, version: string): Promise<Command> {
  const program = new Command('nightshift')
    .description(description)
    .usage('<verb> [options]')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [verb]', 'print help for a verb')
    .addHelpText('after', epilogue)
    // Errors are thrown, and printed in one place.
    .configureOutput({
      writeOut: effects.stdout.write,
      outputError: () => undefined,
      getOutHelpWidth: () => Math.min(effects.stdout.columns, MOST_COLUMNS),
    })
    .exitOverride()
    .action(() => {
      throw unknownVerb();
    });
  const operands = argv.filter((argument) => !argument.startsWith('-') && argument !== 'help');
  for (const [name, { summary, load }] of Object.entries<{ summary: string; load: () => Promise<Verb> }>(verbs)) {
    const command = program.command(name).summary(summary).description(summary);
    if (name === operands[0]) (await load()).register(command, effects);
  }
  if (operands[0] !== undefined && !(operands[0] in verbs)) throw unknownVerb(operands[0]);
  return program;
}

function unknownVerb(got?: string): UserError {
  return new UserError({
    where: 'nightshift',
    what: got === undefined ? 'no verb is given' : 'there is no such verb',
    got,
    todo: `use one of ${Object.keys(verbs).join(', ')}; npx nightshift --help says what they do`,
  });
}

interface VerbEntry {
  /** Its line in `nightshift --help`. */
  readonly summary: string;
  readonly load: () => Promise<Verb>;
}

/** Every verb of the command, in the order of `nightshift --help`. */
export const verbs = {
  synth: {
    summary: 'write the Terraform configuration of all stacks',
    load: () => import('./commands/synth'),
  },
  plan: {
    summary: 'show what a deploy of a stack would change, and save the plan',
    load: () => import('./commands/plan'),
  },
  deploy: { summary: 'make a stack what its configuration says', load: () => import('./commands/deploy') },
  redeploy: { summary: 'the same, and touch no other stack', load: () => import('./commands/redeploy') },
  destroy: { summary: 'remove everything in a stack', load: () => import('./commands/destroy/destroy') },
  outputs: { summary: 'print the values that a stack publishes', load: () => import('./commands/outputs') },
  drift: { summary: 'show what others have changed in a stack', load: () => import('./commands/drift') },
  unlock: { summary: 'remove the state lock of a run that crashed', load: () => import('./commands/unlock') },
  'push-state': {
    summary: 'save the state that a run could not save',
    load: () => import('./commands/push-state'),
  },
  bootstrap: {
    summary: 'create, check or repair the state bucket of an environment',
    load: () => import('./commands/bootstrap'),
  },
  policy: {
    summary: 'check an environment, or any plan, against every rule',
    load: () => import('./commands/policy/policy'),
  },
  reach: { summary: 'say who reaches whom in the network, and why', load: () => import('./commands/reach') },
  release: { summary: 'replace the version that runs, and watch it', load: () => import('./commands/release/release') },
  rollback: { summary: 'go back to the last good release', load: () => import('./commands/release/rollback') },
  scan: { summary: 'say whether an image may run, by its vulnerabilities', load: () => import('./commands/scan') },
  local: { summary: 'run an AWS on this machine', load: () => import('./commands/local/local') },
  doctor: { summary: 'check all that a deployment needs', load: () => import('./commands/doctor/doctor') },
  environments: {
    summary: 'list the environments, or make the job matrix of them',
    load: () => import('./commands/environments'),
  },
  start: {
    summary: 'from nothing to an environment deployed on this machine (npm start)',
    load: () => import('./commands/start/start'),
  },
  stop: { summary: 'take away what start made (npm run stop)', load: () => import('./commands/stop') },
} as const satisfies Record<string, VerbEntry>;

/**
 * A verb: one file in `verbs/` that exports `register`. It declares arguments, options and help on its own command and
 * sets the action. It is loaded only when its verb is called, so that the others cost nothing; still, import what is heavy
 * inside the action.
 */
export interface Verb {
  readonly register: (command: Command, effects: Effects) => void;
}
