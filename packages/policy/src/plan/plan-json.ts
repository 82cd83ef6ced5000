import type { Attributes, Value } from '../model/value';

/** What `terraform show -json` says of a plan, as far as rules ask: https://developer.hashicorp.com/terraform/internals/json-format */
export interface PlanJson {
  readonly planned_values: object;
  readonly resource_changes?: readonly ResourceChange[];
  readonly prior_state?: { readonly values?: { readonly root_module?: StateModule } };
  readonly configuration: {
    readonly provider_config?: Readonly<Record<string, { readonly name: string; readonly expressions?: Expressions }>>;
    readonly root_module: ConfiguredModule;
  };
}

export interface Instance {
  readonly address: string;
  readonly module_address?: string;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
  /** Of `count` or `for_each`. */
  readonly index?: number | string;
}

export interface ResourceChange extends Instance {
  readonly change: {
    readonly actions: readonly string[];
    readonly after: Attributes | null;
    /** `true` wherever `after` will only be known when it is applied. */
    readonly after_unknown: Value;
  };
}

export interface StateModule {
  readonly resources?: readonly (Instance & { readonly values: Attributes })[];
  readonly child_modules?: readonly StateModule[];
}

export interface ConfiguredModule {
  readonly resources?: readonly ConfiguredResource[];
  readonly outputs?: Readonly<Record<string, { readonly expression?: Expression }>>;
  readonly module_calls?: Readonly<
    Record<string, { readonly expressions?: Expressions; readonly module?: ConfiguredModule }>
  >;
}

export interface ConfiguredResource {
  readonly address: string;
  readonly expressions?: Expressions;
  readonly for_each_expression?: Expression;
  readonly depends_on?: readonly string[];
}

/** One attribute: a constant, or the names that it is computed from; both absent where it is a function of constants. */
export interface Expression {
  readonly constant_value?: Value;
  readonly references?: readonly string[];
}

/** Attributes of a block; those that are blocks themselves hold more of the same, as a list where there may be several. */
export interface Expressions {
  readonly [name: string]: Expression | Expressions | readonly Expressions[];
}
