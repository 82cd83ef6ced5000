import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { environmentNames } from '@nightshift/config';
import type { Command } from 'commander';
import type { Directories } from '@nightshift/stack-run';
import type { Effects } from '../effects';
import { commandIn } from '../nightshift-command';
import { onReleases, releaseWorld, type ReleaseWorld } from './release/on-releases';

/** How many past releases are candidates. */
const RELEASES = 20;

/** Loads the verb in the words. */
type BuildProgram = (argv: readonly string[], effects: Effects, version: string) => Promise<Command>;

/** Shells call this for each Tab. It never fails, because a shell cannot show an error. */
export function completeVerb(buildProgram: BuildProgram, world: ReleaseWorld = releaseWorld) {
  const register = (command: Command, effects: Effects): void => {
    command
      .argument('[words...]')
      .usage('-- <word>...')
      .allowUnknownOption()
      .action(async (words: readonly string[]) => {
        const { before, option, word } = typed(words);
        const program = () => buildProgram(before, effects, '');
        const found = await candidates({ before, word, program, effects, world }).catch(() => []);
        const fitting = found.filter((candidate) => candidate.startsWith(word)).sort();
        effects.stdout.write(fitting.map((candidate) => `${option}${candidate}\n`).join(''));
      });
  };
  return { register };
}

/**
 * Bash passes `--configuration=dev` as three parts and replaces the last one; zsh and fish pass one word and replace that.
 * @returns option: the text that the shell expects before each candidate.
 */
function typed(words: readonly string[]) {
  const split = (word: string) => /^(--[^=]+)=(.*)$/s.exec(word)?.slice(1) ?? [word];
  const last = split(words.at(-1) ?? '');
  const parts = [...words.slice(0, -1).flatMap(split), ...last];
  const word = String(parts.at(-1));
  return {
    before: parts.slice(0, -1).filter((part) => part !== '='),
    option: last.length > 1 ? `${String(last[0])}=` : '',
    word: word === '=' ? '' : word,
  };
}

interface Position {
  readonly before: readonly string[];
  /** The typed part. */
  readonly word: string;
  readonly program: () => Promise<Command>;
  readonly effects: Effects;
  readonly world: ReleaseWorld;
}

async function candidates({ before, word, program, effects, world }: Position): Promise<readonly string[]> {
  const { command, operands } = commandIn(await program(), before);
  const option = command.options.find(({ long, short }) => [long, short].includes(before.at(-1)));
  if (option && (option.required || option.optional)) {
    if (option.long === '--configuration') return environmentNames(join(effects.root, 'environments'));
    if (option.long === '--to') return await releaseIds(before, effects, world);
    return option.argChoices ?? [];
  }
  if (word.startsWith('-')) return command.options.flatMap(({ long, hidden }) => (hidden || !long ? [] : long));
  if (command.commands.length > 0 && operands === 0) {
    return command
      .createHelp()
      .visibleCommands(command)
      .map((sub) => sub.name());
  }
  const argument = command.registeredArguments[operands]?.name();
  if (argument === 'stack') return stackNames(effects);
  return argument === 'shell' ? ['bash', 'zsh', 'fish'] : [];
}

/** The apps that have a stack: as in Nx, without synthesizing them. */
function stackNames({ root }: Directories): string[] {
  const apps = join(root, 'apps');
  return readdirSync(apps).filter((app) => existsSync(join(apps, app, 'src', `${app}-stack.ts`)));
}

/** The ids of the newest releases of the environment in the words. */
async function releaseIds(before: readonly string[], effects: Effects, world: ReleaseWorld): Promise<string[]> {
  const at = before.findIndex((word) => ['-c', '--configuration'].includes(word));
  const ids: string[] = [];
  const options = { configuration: String(before[at + 1]) };
  await onReleases('complete', options, world, effects, async ({ engine, context }) => {
    const { records } = await engine.releaseHistory(context, RELEASES);
    ids.push(...records.map(({ id }) => id));
  });
  return ids;
}
