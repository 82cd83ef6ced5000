import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { failure } from './json-result';
import { outputs, outputSchemas, outputTable } from './output-schemas';
import { buildProgram, verbs } from './program';
import { FakeEffects } from './testing/fake-effects';
import { VerbRun } from './testing/run-verb';

const directory = join(__dirname, '..', 'schema');

describe('packages/cli/schema', () => {
  it('has a schema for each command with --json, and no other', async () => {
    const commands = await commandsWithJson();
    const described = [...(await outputs()).keys()];
    const without = commands.filter((command) => !described.includes(command));
    expect(without.map((command) => `${command} has --json, but no schema: add it to "output" of its module`)).toEqual(
      [],
    );
    const unknown = described.filter((command) => !commands.includes(command));
    expect(unknown.map((command) => `${command} has a schema, but no --json: delete it from "output"`)).toEqual([]);
  });

  it('is up to date; if not, run: npm run docs', async () => {
    const written = [...(await outputSchemas())].map(([file, schema]) => [
      file,
      `${JSON.stringify(schema, null, 2)}\n`,
    ]);
    const committed = readdirSync(directory).map((file) => [file, readFileSync(join(directory, file), 'utf8')]);
    expect(Object.fromEntries(committed)).toEqual(Object.fromEntries(written));
  });

  it('allows new fields, and describes the line of an error', async () => {
    for (const schema of (await outputSchemas()).values()) {
      expect(JSON.stringify(schema)).not.toContain('"additionalProperties":false');
      const { anyOf } = schema as { readonly anyOf: readonly object[] };
      expect(anyOf.at(-1)).toMatchObject({ description: 'The last line if an error ends the verb before its result.' });
    }
  });

  it('is listed in docs/json-output.md', async () => {
    const table = await outputTable();
    expect(table).toContain(
      '\n| `environments` | [environments.json](../packages/cli/schema/environments.json) | one array, one object |\n',
    );
    expect(table).toContain('\n| `logs` | [logs.json](../packages/cli/schema/logs.json) | `log`, `result` |\n');
  });
});

describe('an error of a command with --json', () => {
  it('has the same form for every command', async () => {
    for (const command of await commandsWithJson()) {
      const verb = new VerbRun();
      const { stdout, stderr, exitCode } = await verb.run(`${command} --oops --json`);
      verb.dispose();
      const problem = stderr.replace(/^error (.*)\n$/, '$1');
      expect(problem).toMatch(`nightshift ${command}: `);
      const line = failure.parse(JSON.parse(stdout));
      expect(line).toEqual({ type: 'result', verb: command, status: 'failed', problems: [problem], exitCode: 1 });
      expect(exitCode).toBe(1);
    }
  });

  it.each([
    ['policy --format json', 'nightshift policy: no input specified'],
    ['policy --format=json', 'nightshift policy: no input specified'],
  ])('is the same for %s', async (line, problem) => {
    const verb = new VerbRun();
    const { stdout } = await verb.run(line);
    verb.dispose();
    expect(JSON.parse(stdout)).toMatchObject({ verb: 'policy', problems: [expect.stringContaining(problem)] });
  });

  it.each(['deplyo --json', '--oops --json'])('names no verb if the verb is unknown: %s', async (line) => {
    const verb = new VerbRun();
    const { stdout } = await verb.run(line);
    verb.dispose();
    expect(Object.keys(failure.parse(JSON.parse(stdout)))).toEqual(['type', 'status', 'problems', 'exitCode']);
  });

  it('is not printed if --json belongs to another program', async () => {
    const verb = new VerbRun();
    const { stdout } = await verb.run('exec -c nowhere -- aws --json');
    verb.dispose();
    expect(stdout).toBe('');
  });
});

/** Each command that has `--json`, or a format of that name, such as `release status`. */
async function commandsWithJson(): Promise<string[]> {
  const found: string[] = [];
  for (const name of Object.keys(verbs)) {
    const program = await buildProgram([name], new FakeEffects(), '0.0.0');
    const command = program.commands.find((one) => one.name() === name);
    if (command) found.push(...named(command, name));
  }
  return found;
}

function named(command: Command, path: string): string[] {
  const hasJson = command.options.some(({ long, argChoices = [] }) => long === '--json' || argChoices.includes('json'));
  return [
    ...(hasJson ? [path] : []),
    ...command.commands.flatMap((sub) => named(sub as Command, `${path} ${sub.name()}`)),
  ];
}
