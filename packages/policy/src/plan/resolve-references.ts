import type { ConfiguredModule, ConfiguredResource, Expression, Expressions, PlanJson } from './plan-json';

/** A module of the configuration and its path, to resolve names inside it. */
export interface Scope {
  /** `module.a.module.b`, without indexes; empty for the root. */
  readonly path: string;
  readonly module: ConfiguredModule;
  /** @default - the root has none */
  readonly parent: Scope | undefined;
  /** Its name in the parent. */
  readonly name: string;
}

export interface Configured {
  readonly resource: ConfiguredResource;
  readonly scope: Scope;
}

/** The configuration of every resource by its address without indexes: `module.a.aws_vpc.Main`. */
export function configurationOf(plan: PlanJson): ReadonlyMap<string, Configured> {
  const root: Scope = { path: '', module: plan.configuration.root_module, parent: undefined, name: '' };
  return new Map(
    scopesIn(root).flatMap((scope) =>
      (scope.module.resources ?? []).map((resource) => [inside(scope.path, resource.address), { resource, scope }]),
    ),
  );
}

/** The scope of a called module. @returns undefined for an unknown module */
function childScope(parent: Scope, name: string): Scope | undefined {
  const module = parent.module.module_calls?.[name]?.module;
  return module && { path: inside(parent.path, `module.${name}`), module, parent, name };
}

/** An address in a module. */
function inside(module: string, address: string): string {
  return module === '' ? address : `${module}.${address}`;
}

/** `module.a[0].aws_vpc.Main["x"]` as `module.a.aws_vpc.Main`. */
export function withoutIndexes(address: string): string {
  return address.replaceAll(/\[(?:\d+|"(?:[^"\\]|\\.)*")\]/g, '');
}

function scopesIn(scope: Scope): Scope[] {
  const calls = Object.keys(scope.module.module_calls ?? {});
  const children = calls.flatMap((name) => childScope(scope, name) ?? []);
  return [scope, ...children.flatMap(scopesIn)];
}

/** A resource in an expression, as an address without module indexes. */
export interface Named {
  /** `module.a.aws_subnet.Private`. */
  readonly address: string;
  /** `[0]` or `["x"]` for one instance. @default - all, or the one with the same index */
  readonly index: string | undefined;
  readonly attribute: string | undefined;
  /** Whether the instance has the index of the referring resource: `[count.index]`, `[each.key]`, `each.value`. */
  readonly sameIndex: boolean;
}

const RESOURCE = /^((?:data\.)?[a-z]\w*\.[A-Za-z_][\w-]*)(\[[^\]]*\])?(?:\.(.+))?$/;
/** Prefixes of names that are not resources. https://developer.hashicorp.com/terraform/language/expressions/references */
const NO_RESOURCE = /^(?:count|each|local|path|self|terraform)\./;

/** All references of an expression, also through variables and outputs of modules. A plan does not contain `local` values. */
export function namedIn(expression: Expression, scope: Scope, forEach?: Expression): readonly Named[] {
  const references = mostSpecific(expression.references ?? []);
  const sameIndex = references.some((reference) => /^(?:count\.index|each\.key)$/.test(reference));
  return references.flatMap((reference) => {
    if (/^each\.value\b/.test(reference) && forEach) {
      return namedIn(forEach, scope).map((named) => ({ ...named, sameIndex: true }));
    }
    return resolve(reference, scope, sameIndex);
  });
}

function resolve(reference: string, scope: Scope, sameIndex: boolean): readonly Named[] {
  const [, variable] = /^var\.([\w-]+)/.exec(reference) ?? [];
  if (variable !== undefined) return ofVariable(variable, scope);
  const [, module, output] = /^module\.([\w-]+)(?:\[[^\]]*\])?(?:\.([\w-]+))?/.exec(reference) ?? [];
  if (module !== undefined) return ofModule(module, output, scope);
  const [, address, index, attribute] = RESOURCE.exec(reference) ?? [];
  if (address === undefined || NO_RESOURCE.test(reference)) return [];
  return [{ address: inside(scope.path, address), index, attribute, sameIndex }];
}

function ofVariable(variable: string, { parent, name }: Scope): readonly Named[] {
  const given = parent?.module.module_calls?.[name]?.expressions?.[variable];
  return parent && given ? leavesOf(given).flatMap((leaf) => namedIn(leaf, parent)) : [];
}

function ofModule(name: string, output: string | undefined, scope: Scope): readonly Named[] {
  const child = childScope(scope, name);
  const outputs = child?.module.outputs ?? {};
  const meant = output === undefined ? Object.values(outputs) : [outputs[output]];
  return meant.flatMap((one) => (child && one?.expression ? namedIn(one.expression, child) : []));
}

/** Terraform lists both `aws_vpc.Main.id` and `aws_vpc.Main`; the second is redundant. */
function mostSpecific(references: readonly string[]): readonly string[] {
  const all = [...new Set(references)];
  return all.filter((one) => !all.some((other) => other.startsWith(`${one}.`) || other.startsWith(`${one}[`)));
}

/** The expressions in an attribute or in a block, at any depth. */
export function leavesOf(value: Expression | Expressions | readonly Expressions[]): readonly Expression[] {
  if (isLeaf(value)) return [value];
  return Object.values(value).flatMap(leavesOf);
}

export function isLeaf(value: Expression | Expressions | readonly Expressions[]): value is Expression {
  return (
    !Array.isArray(value) && ('references' in value || 'constant_value' in value || Object.keys(value).length === 0)
  );
}
