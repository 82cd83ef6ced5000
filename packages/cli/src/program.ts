import { UserError } from '@nightshift/errors';
import { Command } from 'commander';
import type { Effects } from './effects';
import type { Verb } from './verb';
import { verbs } from './verb-table';

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
