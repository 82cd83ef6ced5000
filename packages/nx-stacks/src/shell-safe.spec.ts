import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { interpolateArgsIntoCommand } from 'nx/src/executors/run-commands/run-commands.impl';
import { isShellSafe } from './shell-safe';

/** What a command receives when Nx is given arguments. */
function received(args: string[]): string[] {
  const print = `printf '%s\\0'`;
  const options = { __unparsed__: args, parsedArgs: {}, unparsedCommandArgs: {}, unknownOptions: {} };
  const line = interpolateArgsIntoCommand(print, options as never, true);
  return spawnSync('sh', ['-c', line], { encoding: 'utf8' }).stdout.split('\0').slice(0, -1);
}

describe('arguments that Nx hands to a shell', () => {
  it.each([
    '--json',
    '--during-window=quarter-end',
    '--during-window=release 12 (urgent); see #7',
    "it's late",
    'a & b',
  ])('lets %s pass', (argument) => {
    expect(isShellSafe(argument)).toBe(true);
  });

  it.each([
    ['a command in an option', '--reason=$(reboot)'],
    ['a command in a word', '`reboot`'],
    ['a variable', '$HOME'],
    ['an escape', 'a\\b'],
    ['a quote', 'a "b"'],
    ['what Nx takes for quoted', "'a'; reboot; 'b'"],
    ['what Nx takes for a quoted option', "--reason='a'; reboot; 'b'"],
    ['a word with =, which Nx leaves without quotes', 'a=b; reboot'],
    ['an option with more than its name before =', '--a;reboot=1'],
  ])('refuses %s: %s', (_, argument) => {
    expect(isShellSafe(argument)).toBe(false);
  });

  it('gets every argument that it lets pass to the command as it was', () => {
    const character = fc.constantFrom(...'ab=-;&|<>()$`\\"\'*?[]{}~#! \n');
    const argument = fc
      .tuple(fc.constantFrom('', '--reason=', '--'), fc.string({ unit: character, minLength: 1, maxLength: 8 }))
      .map((parts) => parts.join(''))
      .filter(isShellSafe);
    fc.assert(
      fc.property(fc.array(argument, { minLength: 1, maxLength: 40 }), (args) => {
        expect(received(args)).toEqual(args);
      }),
      { numRuns: 100 },
    );
  });
});
