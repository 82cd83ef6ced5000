import { type Command, CommanderError } from 'commander';
import { version } from '../package.json';
import { failure } from './json-result';
import type { Effects } from './effects';
import { commandIn, pathOf } from './nightshift-command';
import { buildProgram } from './program';
import { problemsOf, printError } from '@nightshift/stack-run';

/** Runs the command. @param argv the arguments after the command's name. Never rejects. */
export async function main(argv: readonly string[], effects: Effects): Promise<void> {
  let program: Command | undefined;
  try {
    program = await buildProgram(argv, effects, version);
    await program.parseAsync(argv, { from: 'user' });
  } catch (thrown) {
    // Commander has printed the help or the version.
    if (thrown instanceof CommanderError) return;
    const exitCode = printError(thrown, effects);
    effects.exitWith(exitCode);
    if (!asksForJson(argv)) return;
    const verb = program && verbIn(program, argv);
    const problems = problemsOf(thrown);
    effects.stdout.json(failure, { type: 'result', verb, status: 'failed', problems, exitCode });
  }
}

/** The arguments after `--` belong to another program. */
function asksForJson(argv: readonly string[]): boolean {
  const own = argv.join(' ').replace(/ -- .*/s, '');
  return /(?:^| )--(?:json|format[ =]json)(?: |$)/.test(own);
}

/** The verb, such as `release watch`; undefined without one. */
function verbIn(program: Command, argv: readonly string[]): string | undefined {
  const { command } = commandIn(program, argv);
  return command === program ? undefined : pathOf(command).replace(/^nightshift /, '');
}
