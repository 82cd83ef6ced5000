import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { buildProgram } from './program';
import { FakeEffects } from './testing/fake-effects';

const root = join(__dirname, '..', '..', '..');
const files = execFileSync('git', ['ls-files', '*.md'], { cwd: root }).toString().split('\n').filter(Boolean);
const commands = files
  .filter((file) => file !== 'CHANGELOG.md')
  .flatMap((file) => commandsIn(readFileSync(join(root, file), 'utf8')).map((command) => ({ file, command })));

describe('the commands in the documentation', () => {
  it('exist', () => {
    expect(commands.length).toBeGreaterThan(100);
    expect(
      commandsIn('```sh\nX=1 npx nightshift plan \\\n  network -c dev # why\n```\n`npx nx run a:b -c dev`'),
    ).toEqual(['nightshift plan    network -c dev', 'nx run a:b -c dev']);
  });

  it('have valid verbs and options', async () => {
    const problems: string[] = [];
    for (const { file, command } of commands) {
      const problem = await problemOf(command);
      if (problem) problems.push(`${file}: ${command}: ${problem} - see npx nightshift --help`);
    }
    expect(problems).toEqual([]);
  });

  it.each([
    ['nightshift deplyo network -c dev', 'unknown verb deplyo'],
    ['nightshift plan network --oops -c dev', 'unknown option --oops'],
    ['nightshift plan network extra -c dev', 'too many arguments'],
    ['nightshift local frob', 'unknown verb frob'],
    ['nightshift release frob -c dev', 'unknown verb frob'],
    ['nightshift unlock network -c dev', 'an argument is missing'],
    ['nx run compute:release -c dev --imgae 1', 'unknown option --imgae'],
    ['nightshift release watch -c dev', undefined],
    ['nightshift local exec -- aws s3 ls', undefined],
    ['nx run-many -t plan -c dev', undefined],
  ])('include %s', async (command, problem) => {
    expect(await problemOf(command)).toBe(problem);
  });
});

/** Lines of code blocks, and code in sentences, that call `nightshift` or a verb by `nx run`. */
function commandsIn(markdown: string): string[] {
  const blocks = [...markdown.matchAll(/^```\w*\n([^]*?)^```/gm), ...markdown.matchAll(/((?:^ {4}.*\n)+)/gm)];
  const lines = blocks.flatMap(([, block]) => String(block).replaceAll('\\\n', ' ').split('\n'));
  const inline = [...markdown.replace(/^```[^]*?^```/gm, '').matchAll(/`([^`\n]+)`/g)].map(([, code]) => String(code));
  return [...lines, ...inline].flatMap((line) => {
    const [, command] = /^\s*(?:[A-Z_]+=\S+ )*npx (n(?:ightshift|x) .*)$/.exec(line) ?? [];
    return command === undefined ? [] : [String(command.split(/ {2,}(?!-| *[a-z]+ -c)|[ ]#|[|>&;)[]/)[0]).trim()];
  });
}

async function problemOf(line: string): Promise<string | undefined> {
  const [program, ...words] = line.split(/\s+/);
  const [, stack, verb] = /^([\w<>-]+):([a-z-]+)$/.exec(words[1] ?? '') ?? [];
  if (program === 'nx') return verb && words[0] === 'run' ? await check([verb, ...words.slice(2)], stack) : undefined;
  return await check(words);
}

/** @param stack of an Nx target: a target that is no verb is not judged. */
async function check(words: readonly string[], stack?: string): Promise<string | undefined> {
  const [verb = ''] = words;
  if (verb.startsWith('-') || verb.startsWith('<') || verb === 'help') return undefined;
  let command: Command | undefined;
  try {
    const program = await buildProgram([verb], new FakeEffects(), '0.0.0');
    command = program.commands.find((one) => one.name() === verb);
  } catch {
    return stack === undefined ? `unknown verb ${verb}` : undefined;
  }
  return invocationProblem(command as Command, words.slice(1), stack === undefined ? 0 : 1);
}

function invocationProblem(command: Command, words: readonly string[], given: number): string | undefined {
  const [first = '', ...others] = words;
  const nested = command.commands.find((one) => one.name() === first);
  if (nested) return invocationProblem(nested, others, given);
  if (command.commands.length > 0 && /^[a-z]/.test(first)) return `unknown verb ${first}`;
  const end = words.indexOf('--');
  const rest = end < 0 ? [...words] : words.slice(0, end);
  let operands = 0;
  while (rest.length > 0) {
    const word = String(rest.shift());
    const [flag] = word.split('=');
    if (!word.startsWith('-')) {
      operands += 1;
      continue;
    }
    const option = command.options.find(({ long, short }) => flag === long || flag === short);
    if (!option && flag !== '--help') return `unknown option ${flag}`;
    if (option?.required && word === flag) rest.shift();
  }
  const { registeredArguments } = command;
  const isTooMany = operands > registeredArguments.length && !registeredArguments.at(-1)?.variadic;
  if (given > 0) return undefined;
  // Verbs check the arguments that `usage` names themselves, for a message with a fix.
  const [needed = ''] = /^(?:<[^>]+> )*/.exec(command.usage()) ?? [];
  if (operands > 0 && operands < needed.split('<').length - 1) return 'an argument is missing';
  return isTooMany ? 'too many arguments' : undefined;
}
