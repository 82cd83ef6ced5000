import { type Attributes, blocks, isAttributes, parsed, type Value } from '../model/value';
import { type HclBody, hclIn } from './hcl';
import { type Configured, leavesOf } from './resolve-references';
import type { Expressions } from './plan-json';

/** A file of the configuration of a plan. */
export interface SourceFile {
  /** `main.tf` or `cdk.tf.json`. */
  readonly name: string;
  readonly text: string;
}

/** The JSON texts of one resource or block in the configuration, by attribute, and those of its nested blocks. */
export interface SourceTexts {
  readonly texts: Readonly<Record<string, string>>;
  readonly blocks: Readonly<Record<string, readonly SourceTexts[]>>;
}

const NOTHING: SourceTexts = { texts: {}, blocks: {} };

/** The resources of the root module by address, `aws_iam_policy.jobs`. Ignores a file that cannot be parsed. */
export function sourcesIn(files: readonly SourceFile[]): ReadonlyMap<string, SourceTexts> {
  return new Map(
    files.flatMap((file) => {
      try {
        return file.name.endsWith('.json') ? jsonResources(parsed(file.text)) : hclResources(hclIn(file.text));
      } catch (error) {
        if (error instanceof SyntaxError) return [];
        throw error;
      }
    }),
  );
}

/**
 * Adds JSON texts that are unknown in the plan because a part of them is unknown: the configuration contains the known parts. Requires that
 * the text has all references of the plan, so that a different configuration is not used.
 */
export function fromSource(
  instance: { readonly after: Attributes; readonly unknown: Value },
  source: SourceTexts,
  { resource }: Configured,
): { readonly after: Attributes; readonly unknown: Value } {
  return filled(instance.after, instance.unknown, source, resource.expressions ?? {});
}

function filled(after: Attributes, unknown: Value, source: SourceTexts, given: Expressions) {
  const known: Record<string, Value | undefined> = { ...after };
  const open: Record<string, Value | undefined> = { ...(isAttributes(unknown) ? unknown : {}) };
  for (const [name, text] of Object.entries(source.texts)) {
    const expression = given[name];
    const names = expression && leavesOf(expression).flatMap(({ references = [] }) => references);
    if (open[name] !== true || !names?.every((one) => text.includes(one))) continue;
    known[name] = text;
    open[name] = false;
  }
  for (const [name, written] of Object.entries(source.blocks)) {
    const expressions = given[name];
    if (!Array.isArray(expressions)) continue;
    const parts = blocks(after[name]).map((block, index) =>
      filled(
        block,
        blocks(open[name])[index] ?? {},
        written[index] ?? NOTHING,
        (expressions as readonly Expressions[])[index] ?? {},
      ),
    );
    known[name] = parts.map((part) => part.after);
    open[name] = parts.map((part) => part.unknown);
  }
  return { after: known, unknown: open };
}

function hclResources({ blocks: { resource = [] } }: HclBody): [string, SourceTexts][] {
  return resource.map((one) => [one.labels.join('.'), textsOf(one)]);
}

function textsOf({ attributes, blocks: nested }: HclBody): SourceTexts {
  return {
    texts: jsonTexts(attributes),
    blocks: Object.fromEntries(Object.entries(nested).map(([name, bodies]) => [name, bodies.map(textsOf)])),
  };
}

function jsonResources(configuration: Value | undefined): [string, SourceTexts][] {
  const types = blocks(isAttributes(configuration) ? configuration['resource'] : undefined);
  return types.flatMap((all) =>
    Object.entries(all).flatMap(([type, named]) =>
      blocks(named).flatMap((resources) =>
        Object.entries(resources).map(([name, attributes]): [string, SourceTexts] => [
          `${type}.${name}`,
          { texts: jsonTexts(isAttributes(attributes) ? attributes : {}), blocks: {} },
        ]),
      ),
    ),
  );
}

/** Policies and lists of containers, but not plain references, which the plan resolves better. */
function jsonTexts(attributes: Attributes): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(attributes).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string' && typeof parsed(entry[1]) === 'object',
    ),
  );
}
