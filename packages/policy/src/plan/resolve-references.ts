import { childScope, inside, type Scope } from './configuration';
import type { Expression, Expressions } from './plan-json';

/** What an expression names, as an address without the indexes of modules. */
export interface Named {
  /** `module.a.aws_subnet.Private`. */
  readonly address: string;
  /** `[0]` or `["x"]`, where one instance is meant. @default - all, or the one with the same index */
  readonly index: string | undefined;
  readonly attribute: string | undefined;
  /** The instance whose index is that of the resource that names it: `[count.index]`, `[each.key]`, `each.value`. */
  readonly sameIndex: boolean;
}

const RESOURCE = /^((?:data\.)?[a-z]\w*\.[A-Za-z_][\w-]*)(\[[^\]]*\])?(?:\.(.+))?$/;
/** Beginnings of names that are no resources. https://developer.hashicorp.com/terraform/language/expressions/references */
const NO_RESOURCE = /^(?:count|each|local|path|self|terraform)\./;

/** Everything that an expression is computed from, through variables and outputs of modules. `local` values are not in a plan. */
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

/** Terraform lists `aws_vpc.Main.id` and then `aws_vpc.Main`: the second says nothing more. */
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
