import { UserError } from '@nightshift/errors';
import { z } from 'zod';
import type { Attributes, Value } from '../model/value';

/** The parts of `terraform show -json <plan>` that rules use: https://developer.hashicorp.com/terraform/internals/json-format */
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
    /** `true` for each value of `after` that is known after apply. */
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

/** One attribute: a constant, or references; neither if it is a function of constants. */
export interface Expression {
  readonly constant_value?: Value;
  readonly references?: readonly string[];
}

/** Attributes of a block. Nested blocks have the same form, or a list of it. */
export interface Expressions {
  readonly [name: string]: Expression | Expressions | readonly Expressions[];
}

const record = z.record(z.string(), z.unknown());
const instance = z.looseObject({
  address: z.string(),
  module_address: z.string().optional(),
  mode: z.enum(['managed', 'data']),
  type: z.string(),
  name: z.string(),
  index: z.union([z.number(), z.string()]).optional(),
});
const stateModule = z.looseObject({
  resources: z.array(instance.extend({ values: record })).optional(),
  get child_modules() {
    return z.array(stateModule).optional();
  },
});
const configuredModule = z.looseObject({
  resources: z
    .array(
      z.looseObject({
        address: z.string(),
        expressions: record.optional(),
        for_each_expression: record.optional(),
        depends_on: z.array(z.string()).optional(),
      }),
    )
    .optional(),
  outputs: z.record(z.string(), z.looseObject({ expression: record.optional() })).optional(),
  get module_calls() {
    return z
      .record(z.string(), z.looseObject({ expressions: record.optional(), module: configuredModule.optional() }))
      .optional();
  },
});
const planSchema = z.looseObject({
  planned_values: record,
  resource_changes: z
    .array(instance.extend({ change: z.looseObject({ after: record.nullable(), after_unknown: z.unknown() }) }))
    .optional(),
  prior_state: z.looseObject({ values: z.looseObject({ root_module: stateModule.optional() }).optional() }).optional(),
  configuration: z.looseObject({
    provider_config: z
      .record(z.string(), z.looseObject({ name: z.string(), expressions: record.optional() }))
      .optional(),
    root_module: configuredModule,
  }),
});

/** The plan in a value. @param name name of the plan in messages. @throws {UserError} when it is not a plan, with the first wrong part. */
export function planIn(value: unknown, name: string): PlanJson {
  const result = planSchema.safeParse(value);
  if (result.success) return value as PlanJson;
  const [issue] = result.error.issues as [z.core.$ZodIssue];
  const path = issue.path.join('.');
  throw new UserError({
    where: name,
    what: 'is not the JSON of a Terraform plan',
    got: `${path === '' ? '' : `${path}: `}${issue.message.replace(/^Invalid input: /, '')}`,
    todo: 'write it with: terraform show -json <plan file> > plan.json',
  });
}
