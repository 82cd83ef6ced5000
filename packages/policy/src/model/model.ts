import type { Environment } from '@nightshift/config';
import { onlyReference, referencesIn } from './references-in';
import { at, type Attributes, isAttributes, texts, type Value } from './value';

/** The subject of a rule: a resource or a stack. */
export interface Subject {
  readonly stack: string;
  /** Terraform's address, such as `aws_vpc.Vpc_8378EB38`; for a stack, its name. */
  readonly address: string;
  /** Construct path, such as `network/Vpc/Resource`; the address if there is no construct. */
  readonly path: string;
}

export interface Resource extends Subject {
  readonly kind: 'managed' | 'data';
  readonly type: string;
  readonly attributes: Attributes;
}

/** Old names of types, which the provider still accepts: https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/lb */
export function currentType(type: string): string {
  return type.replace(/^aws_alb(?=_|$)/, 'aws_lb');
}

export interface Output {
  readonly name: string;
  readonly attributes: Attributes;
}

/** One stack: its resources and its other Terraform blocks. */
export interface Stack extends Subject {
  /** The `terraform` block: backend, versions. */
  readonly terraform: Attributes;
  /** Configurations of providers by the provider's name. */
  readonly providers: Attributes;
  readonly outputs: readonly Output[];
  readonly resources: readonly Resource[];
}

/** A resource and the attribute to which a value refers. */
export interface Target {
  readonly resource: Resource;
  /** @default - not known: an expression computes a value from the resource */
  readonly attribute: string | undefined;
}

/** One use of a resource by another. */
export interface Use {
  readonly user: Resource;
  /** The attribute with the reference. */
  readonly attribute: string;
}

export interface ModelProps {
  /** `stacks`: all synthesized stacks of an environment. `plan`: any Terraform plan, which does not contain `lifecycle`. */
  readonly source: 'stacks' | 'plan';
  readonly stacks: readonly Stack[];
  /** @default - not known: the infrastructure has no environment file */
  readonly environment?: Environment | undefined;
}

/** Identifiers that AWS assigns, such as `subnet-0a1b2c3d`, `arn:aws:…`. */
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
  /** All managed resources. */
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

  /** The managed resources of these types, in the order of the types. */
  all(...types: readonly string[]): readonly Resource[] {
    for (const type of types) this.asked.add(type);
    return types.flatMap((type) => this.byType.managed.get(type) ?? []);
  }

  /** Whether a rule has read resources of a type. */
  isAskedFor(type: string): boolean {
    return this.asked.has(type);
  }

  /** All data sources of a type. */
  data(type: string): readonly Resource[] {
    return this.byType.data.get(type) ?? [];
  }

  /** The resources and attributes to which a value refers, at any depth, also through the outputs of other stacks. */
  targets(value: Value | undefined, stack: string): readonly Target[] {
    const followed = this.follow(value, stack, []);
    return this.byIdentity.size === 0 ? followed : [...followed, ...this.identified(value)];
  }

  /** The resources to which an attribute such as `access_logs.bucket` refers, without duplicates; of all types, or of one. */
  behind(resource: Resource, path: string, type?: string): readonly Resource[] {
    const targets = this.targets(at(resource.attributes, path), resource.stack).map((target) => target.resource);
    return [...new Set(targets)].filter((target) => type === undefined || target.type === type);
  }

  /**
   * The resource to which a value refers: by reference, or by the text in its attribute `identity`. Plans contain names instead of
   * references.
   */
  meant(type: string, value: Value | undefined, stack: string, identity = 'name'): Resource | undefined {
    const target = this.targets(value, stack).find(({ resource }) => resource.type === type);
    if (target || value === undefined || value === null) return target?.resource;
    const text = this.literal(value, stack);
    return this.all(type).find((resource) => this.literal(resource.attributes[identity], resource.stack) === text);
  }

  /**
   * Whether a value, or an item of it, refers to something outside of the model: a resource of another configuration, or one that is
   * unknown until apply.
   */
  isOutside(value: Value | undefined, stack: string): boolean {
    return texts(value).some((text) => !this.targets(text, stack).some(({ resource }) => resource.kind === 'managed'));
  }

  /** The value of the attribute to which a value refers; otherwise the value itself. */
  literal(value: Value | undefined, stack: string): Value | undefined {
    const reference = onlyReference(value);
    if (!reference) return value;
    const [target] = this.targets(value, stack);
    if (target?.attribute === undefined) return value;
    const known = at(target.resource.attributes, target.attribute);
    return known === undefined || isAttributes(known) ? value : this.literal(known, target.resource.stack);
  }

  /** The resources in any stack that refer to a resource in an attribute, not in `depends_on`. */
  uses(resource: Resource): readonly Use[] {
    this.usesByResource ??= this.findUses();
    return this.usesByResource.get(resource) ?? [];
  }

  /** The resources in `depends_on`, directly or indirectly: created before this one and deleted after it. */
  dependencies(resource: Resource): readonly Resource[] {
    const addresses = resource.attributes['depends_on'];
    const listed: readonly Value[] = Array.isArray(addresses) ? addresses : [];
    return listed.flatMap((address) => this.resourceAt(String(address), resource.stack) ?? []);
  }

  /** Computes a value from the model, once per function. */
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

  /** The resources by known ids and ARNs. A plan of deployed resources has no references of local values. */
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

  /** The stack whose state a data source reads. */
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

/** Data sources only find resources, and some resources have the ARN of another one in `arn`. */
function isOwn({ kind, type }: Resource, attribute: string): boolean {
  return (
    kind === 'managed' &&
    !(attribute === 'arn' && /^aws_(?:cloudwatch_event_target|sns_topic(?:_data_protection)?_policy)$/.test(type))
  );
}
