import { didYouMean } from '@nightshift/config';
import { UserError } from '@nightshift/errors';
import { type AddHelpTextContext, type AddHelpTextPosition, type Argument, Command, Help } from 'commander';

/** A command whose help begins with examples, and that explains a wrong command line. */
export class NightshiftCommand extends Command {
  private examples: readonly string[] = [];

  override createCommand(name?: string): NightshiftCommand {
    return new NightshiftCommand(name);
  }

  override createHelp(): Help {
    return Object.assign(new ExamplesFirst(this.examples, this.usage()), this.configureHelp());
  }

  /** Puts the paragraph of the examples before the options, and other text at its position. */
  override addHelpText(position: AddHelpTextPosition, text: string | ((context: AddHelpTextContext) => string)): this {
    if (typeof text !== 'string') return super.addHelpText(position, text);
    const paragraphs = text.trim().split('\n\n');
    const isExample = (paragraph: string) => /^Examples?:\n/.test(paragraph);
    this.examples = [...this.examples, ...paragraphs.filter(isExample)];
    const rest = paragraphs.filter((paragraph) => !isExample(paragraph));
    return rest.length === 0 ? this : super.addHelpText(position, `\n${rest.join('\n\n')}`);
  }

  /** Commander calls this for each mistake in a command line. */
  override error(message: string): never {
    const where = pathOf(this);
    const { what, got, todo } = explained(message, {
      usage: `use npx ${where} ${this.usage()}`,
      extra: this.args.slice(this.registeredArguments.length).join(' '),
    });
    throw new UserError({ where, what, got, todo: joined(todo, `see npx ${where} --help`) });
  }
}

class ExamplesFirst extends Help {
  constructor(
    private readonly examples: readonly string[],
    private readonly usage: string,
  ) {
    super();
  }

  /** Some arguments are optional only for the parser, because their verb explains better that they are missing. */
  override argumentTerm(argument: Argument): string {
    const dots = argument.variadic ? '...' : '';
    const required = argument.required || this.usage.includes(`<${argument.name()}`);
    return required ? `<${argument.name()}${dots}>` : `[${argument.name()}${dots}]`;
  }

  /** The arguments are the first of the lists. */
  override formatItemList(heading: string, items: string[], helper: Help): string[] {
    const before = heading === 'Arguments:' ? this.examples.flatMap((paragraph) => [paragraph, '']) : [];
    return [...before, ...super.formatItemList(heading, items, helper)];
  }
}

/** Such as `nightshift release watch`. */
export function pathOf(command: Command): string {
  return command.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name();
}

/** The command in the words, and the number of its arguments. */
export function commandIn(
  program: Command,
  words: readonly string[],
): { readonly command: Command; readonly operands: number } {
  let command = program;
  let operands = 0;
  let isValue = false;
  for (const word of words) {
    const option = command.options.find(({ long, short }) => [long, short].includes(word));
    const sub = command.commands.find((one) => one.name() === word);
    if (isValue) isValue = false;
    else if (word.startsWith('-')) isValue = Boolean(option?.required);
    else if (sub) command = sub;
    else operands += 1;
  }
  return { command, operands };
}

/** Two parts of a fix. */
export function joined(one: string, other: string): string {
  if (other && one.endsWith('?')) return `${one} ${other.charAt(0).toUpperCase()}${other.slice(1)}`;
  return [one, other].filter(Boolean).join('; ');
}

/** An action that a verb such as `local` does not have. @param got the action as entered. @param todo an additional fix. */
export function unknownAction(command: Command, got: string | undefined, todo = ''): UserError {
  const actions = command.commands.map((action) => action.name());
  return new UserError({
    where: pathOf(command),
    what: got === undefined ? 'no action specified' : 'unknown action',
    got,
    todo: joined(didYouMean(got ?? '', actions), todo),
  });
}

interface Explanation {
  readonly what: string;
  readonly got?: string;
  readonly todo: string;
}

/** The groups of a pattern below. */
type Groups = readonly [string, string, string, string];

/** The parts of the command line for an explanation. */
interface CommandLine {
  /** Suggestion. */
  readonly usage: string;
  /** The arguments that the command does not have. */
  readonly extra: string;
}

/** Commander's messages, https://github.com/tj/commander.js/blob/v14.0.3/lib/command.js, and ours. */
const explanations: readonly (readonly [RegExp, (groups: Groups, line: CommandLine) => Explanation])[] = [
  [
    /unknown option '(.*)' \(Did you mean (?:one of )?(.*)\?\)/,
    ([got, similar]) => ({ what: 'unknown option', got, todo: `did you mean ${similar}?` }),
  ],
  [/unknown option '(.*)'/, ([got]) => ({ what: 'unknown option', got, todo: '' })],
  [/missing required argument '(.*)'/, ([name], { usage: todo }) => ({ what: `<${name}> is missing`, todo })],
  [/(too many arguments)/, ([what], { usage: todo, extra: got }) => ({ what, got, todo })],
  [
    /option '(.*)' argument missing/,
    ([option]) => ({ what: `${nameOf(option)} has no value`, todo: `use ${longForm(option)}` }),
  ],
  [
    /required option '(.*)' not specified/,
    ([option]) => ({ what: `${nameOf(option)} is missing`, todo: `add ${longForm(option)}` }),
  ],
  [
    /option '(.*)' argument '(.*)' is invalid\. Allowed choices are (.*)\./,
    ([option, got, choices]) => ({
      what: `${nameOf(option)} has an invalid value`,
      got,
      todo: didYouMean(got, choices.split(', ')),
    }),
  ],
  [
    /option '(.*)' argument '(.*)' is invalid\. (.)(.*)\./,
    ([option, got, initial, reason]) => ({
      what: `${nameOf(option)} has an invalid value`,
      got,
      todo: initial.toLowerCase() + reason,
    }),
  ],
  [
    /option '(.*)' cannot be used with option '(.*)'/,
    ([one, other]) => ({
      what: `${nameOf(one)} cannot be used with ${nameOf(other)}`,
      todo: 'leave one of them out',
    }),
  ],
];

function explained(message: string, commandLine: CommandLine): Explanation {
  const line = message.replace(/^error: /, '').replace(/\s+/g, ' ');
  for (const [pattern, explain] of explanations) {
    const [, ...groups] = pattern.exec(line) ?? [];
    if (groups.length > 0) return explain(groups as unknown as Groups, commandLine);
  }
  return { what: line, todo: '' };
}

/** `--configuration <environment>` of `-c, --configuration <environment>`. */
function longForm(flags: string): string {
  return flags.replace(/^-\w, /, '');
}

function nameOf(flags: string): string {
  return longForm(flags).replace(/ .*/, '');
}
