import { forEachTest } from '@nightshift/stack-run/testing';
import { NightshiftCommand } from './nightshift-command';
import { VerbRun } from './testing/run-verb';

describe('an invalid command line', () => {
  const verb = forEachTest(() => new VerbRun());

  it.each([
    ['relaese', 'nightshift: unknown verb, got relaese - did you mean release? For help run npx nightshift --help'],
    [
      'release stauts',
      'nightshift release: unknown action, got stauts - did you mean status? To release an image, use --image <tag or digest>',
    ],
    ['local psuh 1.4', 'nightshift local: unknown action, got psuh - did you mean push?'],
    ['local fault', 'nightshift local fault: no action specified - use one of add, list, clear, interrupt, load'],
    [
      'plan --josn',
      'nightshift plan: unknown option, got --josn - did you mean --json? See npx nightshift plan --help',
    ],
    ['plan --oops', 'nightshift plan: unknown option, got --oops - see npx nightshift plan --help'],
    [
      'local push -c local',
      'nightshift local push: <tag> is missing - use npx nightshift local push <tag> -c <environment> [options]; see npx nightshift local push --help',
    ],
    [
      'plan network registry -c dev',
      'nightshift plan: too many arguments, got registry - use npx nightshift plan <stack> -c <environment> [options]; see npx nightshift plan --help',
    ],
    [
      'plan network registry compute -c dev',
      'nightshift plan: too many arguments, got registry compute - use npx nightshift plan <stack> -c <environment> [options]; see npx nightshift plan --help',
    ],
    [
      'diff-environments dev',
      'nightshift diff-environments: <other> is missing - use npx nightshift diff-environments <environment> <other> [options]; see npx nightshift diff-environments --help',
    ],
    [
      'plan network -c',
      'nightshift plan: --configuration has no value - use --configuration <environment>; see npx nightshift plan --help',
    ],
    ['reach --to tasks', 'nightshift reach: --from is missing - add --from <place>; see npx nightshift reach --help'],
    [
      'policy --format jsn',
      'nightshift policy: --format has an invalid value, got jsn - did you mean json? See npx nightshift policy --help',
    ],
    [
      'release history --limit x',
      'nightshift release history: --limit has an invalid value, got x - expected a number from 1 to 9999; see npx nightshift release history --help',
    ],
    [
      'bootstrap --check --remove',
      'nightshift bootstrap: --remove cannot be used with --check - leave one of them out; see npx nightshift bootstrap --help',
    ],
  ])('explains %s', async (line, message) => {
    const { stderr, exitCode } = await verb.run(line);
    expect(stderr).toBe(`error ${message}\n`);
    expect(exitCode).toBe(1);
  });

  it('keeps an unknown message', () => {
    const fail = () => new NightshiftCommand('nightshift').error('error: the parser has a new message');
    expect(fail).toThrow('nightshift: the parser has a new message - see npx nightshift --help');
  });
});

describe('help', () => {
  const help = (command: NightshiftCommand) => {
    let text = '';
    command.configureOutput({
      writeOut: (part) => {
        text += part;
      },
    });
    command.outputHelp();
    return text;
  };

  it('shows examples before arguments and options, and other text after them', () => {
    const command = new NightshiftCommand('unlock')
      .usage('<stack> [options]')
      .description('Remove a lock.')
      .argument('[stack]', 'name of the stack')
      .argument('<path>', 'a file')
      .argument('[more...]', 'other stacks')
      .addHelpText('after', '\nExamples:\n  unlock network\n  unlock compute\n\nExit codes:\n  0  done')
      .addHelpText('after', () => '\nThe end.');
    expect(help(command)).toBe(`Usage: unlock <stack> [options]

Remove a lock.

Examples:
  unlock network
  unlock compute

Arguments:
  <stack>     name of the stack
  <path>      a file
  [more...]   other stacks

Options:
  -h, --help  display help for command

Exit codes:
  0  done

The end.
`);
  });
});
