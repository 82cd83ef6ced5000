/** A part of `cdk.tf.json` at any depth. The spec checks that each mutation has an effect. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- types would say no more than that any JSON can be here
export type Json = any;

/** A fault: a change of a real environment. */
export interface Mutation {
  /** The fault, as a phrase. */
  readonly title: string;
  /** Changes copies of the stacks. */
  readonly apply: (stacks: Mutable) => void;
}

/** Mutations by the id of the rule that must refuse them. */
export type MutationTable = Readonly<Record<string, readonly Mutation[]>>;

interface Located {
  readonly type: string;
  readonly name: string;
  readonly block: Json;
  /** All of the type, by name. */
  readonly siblings: Json;
}

/** Copies of the stacks of one environment, with access to their resources. */
export class Mutable {
  constructor(readonly stacks: Readonly<Record<string, Json>>) {}

  /** `cdk.tf.json` of a stack. */
  stack(name: string): Json {
    return this.stacks[name];
  }

  /** The resource at a construct path such as `network/Vpc/Resource`. Throws a TypeError when there is none. */
  at(path: string): Json {
    return this.located(path).block;
  }

  /** Removes the resource at a construct path. */
  remove(path: string): void {
    const { siblings, name } = this.located(path);
    Reflect.deleteProperty(siblings as object, name);
  }

  /** Adds a resource to a stack. */
  add(stack: string, type: string, name: string, block: Json): void {
    const { resource } = this.stack(stack) as { resource: Record<string, Json> };
    resource[type] = { ...resource[type], [name]: block };
  }

  /** `${aws_vpc.Vpc_8378EB38.id}`: how others in the stack refer to the resource at a path. */
  reference(path: string, attribute: string): string {
    const { type, name } = this.located(path);
    return `\${${type}.${name}.${attribute}}`;
  }

  /** Changes the JSON in an attribute, such as a policy. */
  json(path: string, attribute: string, change: (value: Json) => void): void {
    const block = this.at(path);
    const value: Json = JSON.parse(String(block[attribute]));
    change(value);
    block[attribute] = JSON.stringify(value);
  }

  private located(path: string): Located {
    // A path without a resource fails at its first use, so no mutation misses.
    return this.all().find(({ block }) => block['//'].metadata.path === path) as Located;
  }

  private all(): Located[] {
    return Object.values(this.stacks).flatMap(({ resource }) =>
      Object.entries<Json>(resource as object).flatMap(([type, siblings]) =>
        Object.entries<Json>(siblings as object).map(([name, block]) => ({ type, name, block, siblings })),
      ),
    );
  }
}
