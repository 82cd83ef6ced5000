import { UserError } from '@nightshift/errors';
import { CommanderError } from 'commander';
import { version } from '../package.json';
import type { Effects } from './effects';
import { buildProgram } from './program';
import { problemsOf } from './stack-run/run-file';
import { printError } from './print-error';

/** Runs the command. @param argv what follows the command's name. Never rejects. */
export async function main(argv: readonly string[], effects: Effects): Promise<void> {
  try {
    const program = await buildProgram(argv, effects, version);
    await program.parseAsync(argv, { from: 'user' });
  } catch (thrown) {
    // Commander has printed the help or the version.
    if (thrown instanceof CommanderError && thrown.exitCode === 0) return;
    const error = thrown instanceof CommanderError ? usageError(thrown, argv) : thrown;
    const exitCode = printError(error, effects);
    effects.exitWith(exitCode);
    if (argv.includes('--json')) {
      const result = { type: 'result', status: 'failed', problems: problemsOf(error), exitCode };
      effects.stdout.write(`${JSON.stringify(result)}\n`);
    }
  }
}

/** Commander's "error: unknown option '--x'" in our form. */
function usageError({ message }: CommanderError, argv: readonly string[]): UserError {
  const command = ['nightshift', ...argv.slice(0, 1).filter((word) => !word.startsWith('-'))].join(' ');
  return new UserError({
    where: command,
    what: message.replace(/^error: /, '').replace(/\s+/g, ' '),
    todo: `see npx ${command} --help`,
  });
}
