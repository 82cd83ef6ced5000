import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, type TerraformStack } from 'cdktf';

/** A resource, data source or output as Terraform reads it from `cdk.tf.json`. Values that other resources give are expressions. */
export type Block = Readonly<Record<string, unknown>>;

/** One stack as it was synthesized. */
export interface SynthesizedStack {
  readonly json: Block;
  /** All resources of a type by their path in the construct tree without the stack, such as `Vpc/Resource`. */
  readonly resources: (type: string) => Readonly<Record<string, Block>>;
  /** The resource at a path. @throws {Error} when there is none, naming those of the type. */
  readonly resource: (type: string, path: string) => Block;
  /** The JSON text in an attribute, such as a policy, as a value. */
  readonly parsed: (type: string, path: string, attribute: string) => unknown;
  /** Types of all resources, sorted, one entry a type. */
  readonly types: readonly string[];
  readonly outputs: Readonly<Record<string, Block>>;
  /** `${aws_vpc.Vpc_0A1B.id}`: how another resource refers to an attribute of the resource at a path. */
  readonly reference: (type: string, path: string, attribute: string) => string;
}

/**
 * Synthesizes as `cdktf synth` does, so with aspects, validations and error annotations, and gives the stack that `build` returned.
 * @throws {Error} what makes synthesis fail.
 */
export function synthStack(build: (app: App) => TerraformStack): SynthesizedStack {
  const outdir = mkdtempSync(join(tmpdir(), 'synth-'));
  try {
    const app = new App({ outdir, stackTraces: false });
    const { id } = build(app).node;
    app.synth();
    return read(JSON.parse(readFileSync(join(outdir, 'stacks', id, 'cdk.tf.json'), 'utf8')) as Json, id);
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

interface Json extends Block {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Block>>>>;
  readonly output?: Readonly<Record<string, Block>>;
}

interface Metadata {
  readonly metadata: { readonly path: string };
}

function read(json: Json, stack: string): SynthesizedStack {
  const named = (type: string) =>
    Object.entries(json.resource?.[type] ?? {}).map(([name, block]) => ({ name, block, path: pathOf(block, stack) }));
  const find = (type: string, path: string) => {
    const found = named(type).find((one) => one.path === path);
    if (found) return found;
    const known = named(type).map((one) => one.path);
    throw new Error(`no ${type} at ${path}; there is: ${known.join(', ') || 'none'}`);
  };
  return {
    json,
    resources: (type) => Object.fromEntries(named(type).map(({ path, block }) => [path, block])),
    resource: (type, path) => find(type, path).block,
    parsed: (type, path, attribute) => JSON.parse(String(find(type, path).block[attribute])) as unknown,
    types: Object.keys(json.resource ?? {}).sort(),
    outputs: json.output ?? {},
    reference: (type, path, attribute) => `\${${type}.${find(type, path).name}.${attribute}}`,
  };
}

function pathOf(block: Block, stack: string): string {
  return (block['//'] as Metadata).metadata.path.slice(stack.length + 1);
}
