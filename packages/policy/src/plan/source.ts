import { type Attributes, blocks, isAttributes, parsed, type Value } from '../model/value';
import { type HclBody, hclIn } from './hcl';
import { type Configured, isLeaf, leavesOf } from './resolve-references';
import type { Expressions } from './plan-json';

/** A file of the configuration that a plan was made from. */
export interface SourceFile {
  /** `main.tf` or `cdk.tf.json`. */
  readonly name: string;
  readonly text: string;
}

/** The texts of one resource as the configuration writes them, by attribute; of blocks, a list. */
export interface SourceTexts {
  readonly [name: string]: string | readonly SourceTexts[];
}

/** The resources of the root module by address, `aws_iam_policy.jobs`. A file that cannot be read says nothing. */
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
 * Fills in JSON texts of which Terraform knows nothing because it does not know a part: the configuration shows the rest. Only where the text names
 * everything that the plan says it is computed from, so that another configuration fills nothing.
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
  for (const [name, written] of Object.entries(source)) {
    const expression = given[name];
    if (expression === undefined) continue;
    if (typeof written === 'string') {
      const names = leavesOf(expression).flatMap(({ references = [] }) => references);
      if (open[name] !== true || !names.every((one) => written.includes(one))) continue;
      known[name] = written;
      open[name] = false;
    } else if (Array.isArray(expression) && !isLeaf(expression)) {
      const parts = blocks(after[name]).map((block, index) =>
        filled(
          block,
          blocks(open[name])[index] ?? {},
          written[index] ?? {},
          (expression as readonly Expressions[])[index] ?? {},
        ),
      );
      known[name] = parts.map((part) => part.after);
      open[name] = parts.map((part) => part.unknown);
    }
  }
  return { after: known, unknown: open };
}

function hclResources({ blocks: { resource = [] } }: HclBody): [string, SourceTexts][] {
  return resource.map((one) => [one.labels.join('.'), textsOf(one)]);
}

function textsOf({ attributes, blocks: nested }: HclBody): SourceTexts {
  const texts = Object.entries(attributes).flatMap(([name, value]) => (isJson(value) ? [[name, value] as const] : []));
  return Object.fromEntries([
    ...texts,
    ...Object.entries(nested).map(([name, bodies]) => [name, bodies.map(textsOf)] as const),
  ]);
}

function jsonResources(configuration: Value | undefined): [string, SourceTexts][] {
  const types = blocks(isAttributes(configuration) ? configuration['resource'] : undefined);
  return types.flatMap((all) =>
    Object.entries(all).flatMap(([type, named]) =>
      blocks(named).flatMap((resources) =>
        Object.entries(resources).map(([name, attributes]): [string, SourceTexts] => [
          `${type}.${name}`,
          Object.fromEntries(
            Object.entries(isAttributes(attributes) ? attributes : {}).filter((entry): entry is [string, string] =>
              isJson(entry[1]),
            ),
          ),
        ]),
      ),
    ),
  );
}

/** A policy or a list of containers, not a plain reference, of which the plan knows more. */
function isJson(value: Value | undefined): value is string {
  return typeof value === 'string' && typeof parsed(value) === 'object';
}
