import { stringify } from 'yaml';
import { environmentSchema } from './environment-schema';

/** The JSON schema of a key: https://json-schema.org/draft-07. `requirement` and `unit` are our own. */
interface Schema {
  readonly description?: string;
  readonly requirement?: string;
  readonly unit?: string;
  readonly examples?: readonly unknown[];
  readonly default?: unknown;
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly patternErrorMessage?: string;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: unknown;
  readonly required?: readonly string[];
  readonly oneOf?: readonly Schema[];
}

/** A key with its place in the file: `network.egress[].cidr`. */
interface Key {
  readonly path: string;
  readonly schema: Schema;
  readonly isRequired: boolean;
  readonly requirement: string;
  /** For a key of one variant: `type: canary`. */
  readonly variant?: string | undefined;
}

const HEADINGS = ['key', 'meaning', 'type', 'unit', 'default', 'allowed', 'requirement'];

/** Longer defaults are shown by the example. */
const LONGEST_DEFAULT = 60;

/**
 * The keys of environment files as Markdown: a table and an example for each section.
 * @param linkTo where a requirement is explained.
 */
export function environmentReference(linkTo: (requirement: string) => string): string {
  const { properties, required } = environmentSchema() as Required<Pick<Schema, 'properties' | 'required'>>;
  const example = environmentExample();
  const sections = Object.entries(properties).map(([name, schema]) => {
    const keys = keysOf({ path: name, schema, isRequired: required.includes(name), requirement: '' });
    const rows = keys.map((key) => [...cellsOf(key), `[${key.requirement}](${linkTo(key.requirement)})`]);
    const table = [HEADINGS, HEADINGS.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
    const yaml = stringify({ [name]: example[name] }, { lineWidth: 0, singleQuote: true });
    return `## ${name}\n\n${table}\n\n\`\`\`yaml\n${yaml}\`\`\`\n`;
  });
  return sections.join('\n');
}

/** An environment file that sets every key: the example of the key, or else its default. */
export function environmentExample(): Readonly<Record<string, unknown>> {
  return exampleOf(environmentSchema() as Schema) as Readonly<Record<string, unknown>>;
}

/** A key, the keys below it, and the keys of its items. */
function keysOf(key: Key): Key[] {
  const { path, schema, requirement: inherited } = key;
  const requirement = schema.requirement ?? inherited;
  const item = schema.items ?? schema;
  const variants = item.oneOf ?? [item];
  const below = variants.flatMap((variant, index) =>
    childrenOf(variant)
      // The key that chooses the variant comes once, with all choices.
      .filter(([, child]) => index === 0 || child.const === undefined)
      .flatMap(([name, child]) =>
        keysOf({
          path: `${path}${schema.items ? '[]' : ''}.${name}`,
          schema: child.const === undefined ? child : { ...child, enum: variants.flatMap(constantsOf) },
          isRequired: variant.required?.includes(name) === true,
          requirement,
          variant: child.const === undefined ? variantOf(variant) : undefined,
        }),
      ),
  );
  return [{ ...key, requirement }, ...below];
}

function childrenOf(schema: Schema): [string, Schema][] {
  return Object.entries(schema.properties ?? {});
}

function constantsOf(variant: Schema): unknown[] {
  return childrenOf(variant).flatMap(([, child]) => child.const ?? []);
}

/** `type: canary` */
function variantOf(variant: Schema): string | undefined {
  const [choice] = childrenOf(variant).filter(([, child]) => child.const !== undefined);
  return choice && `${choice[0]}: ${String(choice[1].const)}`;
}

function cellsOf({ path, schema, isRequired, variant }: Key): string[] {
  const meaning = [schema.description, variant && `only with \`${variant}\``].filter(Boolean).join('; ');
  const fallback = isRequired ? '**required**' : defaultOf(schema);
  return [`\`${path}\``, meaning, typeOf(schema), unitOf(path, schema), fallback, allowedOf(schema)].map((cell) =>
    // A placeholder such as <region> outside of code would be an HTML element.
    cell.replaceAll('|', '\\|').replace(/`[^`]*`|</g, (found) => (found === '<' ? '&lt;' : found)),
  );
}

function typeOf(schema: Schema): string {
  const { type, items, properties, oneOf } = schema;
  if (items) return items.properties ? 'list of maps' : `list of ${typeOf(items)}`;
  if (properties ?? oneOf) return 'map';
  if (type === 'object') return 'map of names to values';
  if (type === 'boolean') return 'true or false';
  if (type === 'string') return 'text';
  return type === 'integer' ? 'whole number' : 'number';
}

/** The key names its unit, unless AWS's term does not. */
function unitOf(path: string, { unit }: Schema): string {
  const [, named] = /(Seconds|Minutes|Days|MiB|Percent)$/.exec(path) ?? [];
  return unit ?? (named === 'MiB' ? named : (named?.toLowerCase() ?? ''));
}

function defaultOf(schema: Schema): string {
  if (schema.default === undefined) return 'none';
  if (isMap(schema) && JSON.stringify(schema.default) === '{}') return 'see below';
  const text = JSON.stringify(schema.default);
  return text.length > LONGEST_DEFAULT ? 'see the example' : `\`${text}\``;
}

function isMap({ properties, oneOf }: Schema): boolean {
  return properties !== undefined || oneOf !== undefined;
}

function allowedOf(schema: Schema): string {
  const { minimum, maximum, exclusiveMaximum, multipleOf, minItems, maxItems, items } = schema;
  const parts = [
    schema.enum?.map((choice) => `\`${String(choice)}\``).join(', '),
    range(minimum, maximum),
    exclusiveMaximum !== undefined && `below ${exclusiveMaximum}`,
    multipleOf !== undefined && `in steps of ${multipleOf}`,
    minItems !== undefined && `${minItems} item or more`,
    maxItems !== undefined && `up to ${maxItems} items`,
    schema.patternErrorMessage?.replace(/^.*? - /, ''),
    items && !isMap(items) && allowedOf(items),
  ];
  return parts.filter(Boolean).join('; ');
}

function range(minimum?: number, maximum?: number): string | undefined {
  if (minimum === undefined || minimum === Number.MIN_SAFE_INTEGER) return undefined;
  return maximum === undefined ? `${minimum} or more` : `${minimum} to ${maximum}`;
}

function exampleOf(schema: Schema): unknown {
  const { examples, properties, oneOf, items, default: fallback } = schema;
  if (examples) return examples[0];
  if (properties) return Object.fromEntries(childrenOf(schema).map(([name, child]) => [name, exampleOf(child)]));
  if (oneOf)
    return exampleOf(oneOf.reduce((most, one) => (childrenOf(one).length > childrenOf(most).length ? one : most)));
  if (items?.properties) return [exampleOf(items)];
  return fallback ?? schema.const;
}
