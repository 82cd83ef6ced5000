import type { Effects } from './effects';
import { printError } from './print-error';
import { buildProgram } from './program';
import { version } from '../package.json';

/** Runs the command. @param argv what follows the command's name. Never rejects. */
export async function main(argv: readonly string[], effects: Effects): Promise<void> {
  try {
    const program = await buildProgram(argv, effects, version);
    await program.parseAsync(argv, { from: 'user' });
  } catch (error) {
    effects.exitWith(printError(error, effects));
  }
}
