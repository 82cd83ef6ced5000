import { publishedSchema } from '@nightshift/console/json';
import { z } from 'zod';
import { failure } from './json-result';
import { type Verb, verbs } from './program';

/** The rule of every schema, for the readers of a line. */
const READERS =
  'Later versions may add fields and types, and rename or remove none. Ignore those that you do not know.';

/** The JSON Schema of a line of each command with `--json`, by the name of its file in `packages/cli/schema/`. */
export async function outputSchemas(): Promise<ReadonlyMap<string, object>> {
  const schemas = new Map<string, object>();
  for (const [command, lines] of await outputs()) {
    const title = `nightshift ${command} --json`;
    schemas.set(schemaFile(command), publishedSchema(title, `One line of the output. ${READERS}`, withFailure(lines)));
  }
  return schemas;
}

/** The documentation of the schemas: a row per command. */
export async function outputTable(): Promise<string> {
  const rows = [...(await outputs())].map(([command, lines]) => {
    const types = linesOf(lines).map(typeOf);
    return `| \`${command}\` | [${schemaFile(command)}](../packages/cli/schema/${schemaFile(command)}) | ${[...new Set(types)].join(', ')} |`;
  });
  return ['| command | schema | lines |', '| --- | --- | --- |', ...rows].join('\n');
}

/** The output of each command with `--json`, by its words. */
export async function outputs(): Promise<ReadonlyMap<string, z.ZodType>> {
  const found = new Map<string, z.ZodType>();
  for (const { load } of Object.values<{ readonly load: () => Promise<Verb> }>(verbs)) {
    const { output = {} } = await load();
    for (const [command, lines] of Object.entries(output)) found.set(command, lines);
  }
  return found;
}

/** `release status`: `release-status.json` */
function schemaFile(command: string): string {
  return `${command.replaceAll(' ', '-')}.json`;
}

function withFailure(lines: z.ZodType): z.ZodType {
  return z.union([...linesOf(lines), failure]);
}

function linesOf(lines: z.ZodType): readonly z.ZodType[] {
  return lines instanceof z.ZodUnion ? (lines.options as readonly z.ZodType[]).flatMap(linesOf) : [lines];
}

/** The field `type` of a line. A few outputs have none: they are one array or one object. */
function typeOf(line: z.ZodType): string {
  if (line instanceof z.ZodArray) return 'one array';
  const { type } = (line as z.ZodObject).shape;
  return type instanceof z.ZodLiteral ? `\`${String(type.value)}\`` : 'one object';
}
