import { CommanderError } from 'commander';
import { version } from '../package.json';
import type { Effects } from './effects';
import { buildProgram } from './program';
import { problemsOf, printError } from '@nightshift/stack-run';

/** Runs the command. @param argv what follows the command's name. Never rejects. */
export async function main(argv: readonly string[], effects: Effects): Promise<void> {
  try {
    const program = await buildProgram(argv, effects, version);
    await program.parseAsync(argv, { from: 'user' });
  } catch (thrown) {
    // Commander has printed the help or the version.
    if (thrown instanceof CommanderError) return;
    const exitCode = printError(thrown, effects);
    effects.exitWith(exitCode);
    if (argv.includes('--json')) {
      const result = { type: 'result', status: 'failed', problems: problemsOf(thrown), exitCode };
      effects.stdout.write(`${JSON.stringify(result)}\n`);
    }
  }
}
