import type { Environment } from '@nightshift/config';
import { onlyReference, referencesIn } from './references-in';
import { at, type Attributes, isAttributes, texts, type Value } from './value';

/** What a rule can be about: a resource, or a whole stack. */
export interface Subject {
  readonly stack: string;
  /** As Terraform calls it: `aws_vpc.Vpc_8378EB38`; of a stack, its name. */
  readonly address: string;
  /** Where it is in the construct tree: `network/Vpc/Resource`. Of what was not made by constructs, the address. */
  readonly path: string;
}

export interface Resource extends Subject {
  readonly kind: 'managed' | 'data';
  readonly type: string;
  readonly attributes: Attributes;
}

/** Old names of types, which the provider still takes: https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/lb */
export function currentType(type: string): string {
  return type.replace(/^aws_alb(?=_|$)/, 'aws_lb');
}

export interface Output {
  readonly name: string;
  readonly attributes: Attributes;
}

/** One state: its resources, and what Terraform is told beside them. */
export interface Stack extends Subject {
  /** The `terraform` block: backend, versions. */
  readonly terraform: Attributes;
  /** Configurations of providers by the provider's name. */
  readonly providers: Attributes;
  readonly outputs: readonly Output[];
  readonly resources: readonly Resource[];
}

/** A resource and the attribute of it that a value stands for. */
export interface Target {
  readonly resource: Resource;
  /** @default - not known: an expression computes something from it */
  readonly attribute: string | undefined;
}

/** One use of a resource by another. */
export interface Use {
  readonly user: Resource;
  /** The user's own attribute. */
  readonly attribute: string;
}

export interface ModelProps {
  /** `stacks`: all that was synthesized for an environment. `plan`: any Terraform plan, which says nothing of `lifecycle`. */
  readonly source: 'stacks' | 'plan';
  readonly stacks: readonly Stack[];
  /** @default - none is known: what is checked comes from somewhere else */
  readonly environment?: Environment | undefined;
}

/** Identities that AWS gives, which nothing else can be: `subnet-0a1b2c3d`, `arn:aws:…`. */
const IDENTITY = /^(?:[a-z]+-[0-9a-f]{8,17}|arn:[^*$]+)$/;

/** The infrastructure that is checked: all stacks of an environment together, with references followed from one to another. */
export class Model {
  readonly source: ModelProps['source'];
  readonly stacks: readonly Stack[];
  readonly environment: Environment | undefined;
  private readonly byType: Readonly<Record<Resource['kind'], Map<string, Resource[]>>> = {
    managed: new Map(),
    data: new Map(),
  };
  private readonly addressesByStack: ReadonlyMap<string, ReadonlyMap<string, Resource>>;
  private readonly byIdentity = new Map<string, readonly Target[]>();
  private readonly stackByName: ReadonlyMap<string, Stack>;
  private readonly producers = new Map<Resource, Stack | undefined>();
  private readonly derived = new Map<unknown, unknown>();
  private readonly asked = new Set<string>();
  /** Every resource that Terraform makes. */
  readonly managed: readonly Resource[];
  private usesByResource: ReadonlyMap<Resource, readonly Use[]> | undefined;

  constructor({ source, stacks, environment }: ModelProps) {
    this.source = source;
    this.stacks = stacks;
    this.environment = environment;
    this.stackByName = new Map(stacks.map((stack) => [stack.stack, stack]));
    this.managed = stacks.flatMap(({ resources }) => resources.filter(({ kind }) => kind === 'managed'));
    this.addressesByStack = new Map(
      stacks.map(({ stack, resources }) => [stack, new Map(resources.map((resource) => [resource.address, resource]))]),
    );
    for (const resource of stacks.flatMap(({ resources }) => resources)) {
      const byType = this.byType[resource.kind];
      const known = byType.get(resource.type);
      if (known) known.push(resource);
      else byType.set(resource.type, [resource]);
      for (const attribute of ['id', 'arn'] as const) {
        const identity = resource.attributes[attribute];
        if (typeof identity === 'string' && IDENTITY.test(identity) && isOwn(resource, attribute)) {
          this.byIdentity.set(identity, [{ resource, attribute }]);
        }
      }
    }
  }

  /** All resources that Terraform makes, of these types, in the order of the types. */
  all(...types: readonly string[]): readonly Resource[] {
    for (const type of types) this.asked.add(type);
    return types.flatMap((type) => this.byType.managed.get(type) ?? []);
  }

  /** Whether a rule has asked for resources of a type. */
  isAskedFor(type: string): boolean {
    return this.asked.has(type);
  }

  /** All data sources of a type. */
  data(type: string): readonly Resource[] {
    return this.byType.data.get(type) ?? [];
  }

  /** What a value inside a stack stands for, at any depth, through the outputs of other stacks to the resources behind them. */
  targets(value: Value | undefined, stack: string): readonly Target[] {
    const followed = this.follow(value, stack, []);
    return this.byIdentity.size === 0 ? followed : [...followed, ...this.identified(value)];
  }

  /** The resources behind an attribute, `access_logs.bucket`, each once; all types, or one. */
  behind(resource: Resource, path: string, type?: string): readonly Resource[] {
    const targets = this.targets(at(resource.attributes, path), resource.stack).map((target) => target.resource);
    return [...new Set(targets)].filter((target) => type === undefined || target.type === type);
  }

  /**
   * The resource that a value means: by reference, or by the plain text that the other resource has in `identity`, as in plans,
   * where names are known and references are gone.
   */
  meant(type: string, value: Value | undefined, stack: string, identity = 'name'): Resource | undefined {
    const target = this.targets(value, stack).find(({ resource }) => resource.type === type);
    if (target || value === undefined || value === null) return target?.resource;
    const text = this.literal(value, stack);
    return this.all(type).find((resource) => this.literal(resource.attributes[identity], resource.stack) === text);
  }

  /**
   * Whether a value, or an item of it, names something that the model does not hold: a resource of another configuration, or one that
   * only the apply will show.
   */
  isOutside(value: Value | undefined, stack: string): boolean {
    return texts(value).some((text) => !this.targets(text, stack).some(({ resource }) => resource.kind === 'managed'));
  }

  /** What a value is where it only stands for an attribute that is written down elsewhere; otherwise the value itself. */
  literal(value: Value | undefined, stack: string): Value | undefined {
    const reference = onlyReference(value);
    if (!reference) return value;
    const [target] = this.targets(value, stack);
    if (target?.attribute === undefined) return value;
    const known = at(target.resource.attributes, target.attribute);
    return known === undefined || isAttributes(known) ? value : this.literal(known, target.resource.stack);
  }

  /** Who refers to a resource in an attribute, in any stack. `depends_on` is no use. */
  uses(resource: Resource): readonly Use[] {
    this.usesByResource ??= this.findUses();
    return this.usesByResource.get(resource) ?? [];
  }

  /** The resources that have to be there before this one and are deleted after it, by `depends_on` alone. */
  dependencies(resource: Resource): readonly Resource[] {
    const addresses = resource.attributes['depends_on'];
    const listed: readonly Value[] = Array.isArray(addresses) ? addresses : [];
    return listed.flatMap((address) => this.resourceAt(String(address), resource.stack) ?? []);
  }

  /** Something that is computed from the model, once for each function. */
  derive<T>(build: (model: Model) => T): T {
    if (!this.derived.has(build)) this.derived.set(build, build(this));
    return this.derived.get(build) as T;
  }

  private findUses(): ReadonlyMap<Resource, readonly Use[]> {
    const found = new Map<Resource, Use[]>();
    for (const user of this.stacks.flatMap(({ resources }) => resources)) {
      for (const [attribute, value] of Object.entries(user.attributes)) {
        const targets = new Set(this.targets(value, user.stack).map(({ resource }) => resource));
        targets.delete(user);
        for (const target of targets) {
          const known = found.get(target);
          if (known) known.push({ user, attribute });
          else found.set(target, [{ user, attribute }]);
        }
      }
    }
    return found;
  }

  /** What known ids and ARNs stand for: in a plan of what is deployed, references of local values are gone. */
  private identified(value: Value | undefined): readonly Target[] {
    if (typeof value === 'string') return this.byIdentity.get(value) ?? [];
    if (Array.isArray(value)) return value.flatMap((item: Value) => this.identified(item));
    return isAttributes(value) ? Object.values(value).flatMap((item) => this.identified(item)) : [];
  }

  private resourceAt(address: string, stack: string): Resource | undefined {
    return this.addressesByStack.get(stack)?.get(address);
  }

  private follow(value: Value | undefined, stack: string, seen: readonly string[]): readonly Target[] {
    return referencesIn(value).flatMap(({ address, attribute }) => {
      const resource = this.resourceAt(address, stack);
      if (!resource) return [];
      if (resource.type !== 'terraform_remote_state') return [{ resource, attribute }];
      const producer = this.producerOf(resource);
      const name = attribute?.replace(/^outputs\./, '') ?? '';
      const output = producer?.outputs.find((one) => one.name === name);
      const key = `${stack} ${name}`;
      if (!producer || !output || seen.includes(key)) return [];
      return this.follow(output.attributes['value'], producer.stack, [...seen, key]);
    });
  }

  /** The stack whose state a data source reads: the one that keeps its state there. */
  producerOf(remoteState: Resource): Stack | undefined {
    if (!this.producers.has(remoteState)) this.producers.set(remoteState, this.findProducer(remoteState));
    return this.producers.get(remoteState);
  }

  private findProducer(remoteState: Resource): Stack | undefined {
    const { backend, config } = remoteState.attributes;
    if (typeof backend !== 'string' || !isAttributes(config)) return undefined;
    return [...this.stackByName.values()].find(({ terraform }) => {
      const own = at(terraform, `backend.${backend}`);
      return Object.entries(config).every(([key, value]) => at(own, key) === value);
    });
  }
}

/** A data source only finds what others have made, and some resources have the ARN of another in `arn`. */
function isOwn({ kind, type }: Resource, attribute: string): boolean {
  return (
    kind === 'managed' &&
    !(attribute === 'arn' && /^aws_(?:cloudwatch_event_target|sns_topic(?:_data_protection)?_policy)$/.test(type))
  );
}
