import { at, type Value, type Attributes } from '../model/value';
import type { Expression, Instance } from './plan-json';
import type { Tokens } from './planned-value';
import { type Configured, type Named, namedIn, withoutIndexes } from './resolve-references';

/** An instance of a resource with its planned values. */
export interface PlannedInstance extends Instance {
  readonly after: Attributes;
  readonly unknown: Value;
}

/** Attributes by which other resources refer to a resource. */
const IDENTITY = /^(?:id|arn|name|key_id|arn_suffix)$|_(?:id|arn|name)$/;

interface Meant {
  readonly instance: PlannedInstance;
  readonly attribute: string | undefined;
}

/** Finds the instances to which expressions refer. */
export class InstanceIndex {
  private readonly byAddress = new Map<string, PlannedInstance[]>();

  constructor(
    instances: readonly PlannedInstance[],
    private readonly configuration: ReadonlyMap<string, Configured>,
  ) {
    for (const instance of instances) {
      const address = withoutIndexes(instance.address);
      this.byAddress.set(address, [...(this.byAddress.get(address) ?? []), instance]);
    }
  }

  /** Tokens for the attributes of one instance. */
  tokensFor(instance: Instance): Tokens {
    return {
      unknown: (expression) => unknownToken(this.meantBy(expression, instance)),
      known: (text, expression) => knownToken(text, this.meantBy(expression, instance)),
    };
  }

  /** The dependencies of an instance. */
  dependenciesOf(instance: Instance): readonly string[] {
    const references = this.configuration.get(withoutIndexes(instance.address))?.resource.depends_on ?? [];
    return this.meantBy({ references }, instance).map((meant) => meant.instance.address);
  }

  private meantBy(expression: Expression, instance: Instance): readonly Meant[] {
    const configured = this.configuration.get(withoutIndexes(instance.address));
    if (!configured) return [];
    return namedIn(expression, configured.scope, configured.resource.for_each_expression).flatMap((named) =>
      this.instancesOf(named, instance).map((found) => ({ instance: found, attribute: named.attribute })),
    );
  }

  private instancesOf({ address, index, sameIndex }: Named, from: Instance): readonly PlannedInstance[] {
    const all = this.byAddress.get(address) ?? [];
    const inModule = all.filter(({ module_address: module }) => module === from.module_address);
    const near = inModule.length > 0 ? inModule : all;
    const chosen = near.filter((one) => (index ? one.address.endsWith(index) : sameIndex && one.index === from.index));
    return chosen.length > 0 ? chosen : near;
  }
}

function unknownToken(meant: readonly Meant[]): Value {
  const tokens = [...new Set(meant.map(tokenOf))];
  const [first, ...others] = tokens;
  if (first === undefined) return '${unknown}';
  if (others.length === 0) return first;
  const types = new Set(meant.map(({ instance }) => instance.type));
  return types.size === 1 ? tokens : tokens.join('');
}

function knownToken(text: string, meant: readonly Meant[]): string {
  for (const { instance, attribute } of meant) {
    const names =
      attribute === undefined ? Object.keys(instance.after).filter((name) => IDENTITY.test(name)) : [attribute];
    const name = names.find((one) => at(instance.after, one) === text);
    if (name !== undefined) return tokenOf({ instance, attribute: name });
  }
  return text;
}

function tokenOf({ instance: { address }, attribute }: Meant): string {
  return `\${${address}${attribute === undefined ? '' : `.${attribute}`}}`;
}
