import { exampleArn, TOKEN } from '../aws/resource-arns';
import type { Model } from '../model/model';
import { modelOf } from '../model/model-of';
import { at, type Attributes, isAttributes, type Value } from '../model/value';

const PUBLISHED = /data\.terraform_remote_state\.([\w-]+)\.outputs\.(\w+)/g;

/**
 * All stacks of an environment as one configuration with a local state, for programs that check a single plan: references to other stacks
 * become references to their resources. Ignores the account in the environment file.
 *
 * Policies get example ARNs instead of ARNs known after apply: Terraform shows a text only if all of it is known, so a plan would otherwise
 * contain no policies.
 */
export function mergedConfiguration(stacks: Readonly<Record<string, Attributes>>): Attributes {
  const model = modelOf({ stacks });
  const parts = Object.entries(stacks).map(([name, stack]) => ({
    resource: resolved(asAttributes(stack['resource']), name, model),
    data: resolved(asAttributes(stack['data']), name, model),
  }));
  const [first = {}] = Object.values(stacks);
  return {
    terraform: { required_providers: at(first, 'terraform.required_providers') },
    provider: { aws: [{ region: at(first, 'provider.aws.region') }] },
    resource: parts.map(({ resource }) => resource).reduce(together, {}),
    data: withoutStates(parts.map(({ data }) => data).reduce(together, {})),
  };
}

/** JSON has no undefined. */
function resolved(value: Value, stack: string, model: Model): Value {
  if (typeof value === 'string') return textOf(value, stack, model);
  if (Array.isArray(value)) return value.map((item: Value) => resolved(item, stack, model));
  if (!isAttributes(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, resolved(one as Value, stack, model)]));
}

function textOf(text: string, stack: string, model: Model): string {
  const own = text.replace(PUBLISHED, (_, state: string, output: string) => published(state, output, stack, model));
  if (!text.includes('"Statement"')) return own;
  return text.replace(TOKEN, (token) => {
    const [target] = model.targets(token, stack);
    if (target?.resource.kind !== 'managed') return token;
    return exampleArn(target, model) ?? 'x';
  });
}

/** The expression of a published value. */
function published(state: string, output: string, stack: string, model: Model): string {
  const address = `data.terraform_remote_state.${state}`;
  const reader = model.data('terraform_remote_state').find((one) => one.stack === stack && one.address === address);
  const value = reader && model.producerOf(reader)?.outputs.find(({ name }) => name === output)?.attributes['value'];
  const expression = typeof value === 'string' ? /^\$\{(.*)\}$/s.exec(value)?.[1] : undefined;
  if (expression === undefined) throw new Error(`scan: ${stack} reads ${output} of ${state}, which no stack publishes`);
  return expression;
}

/** Stacks can have equal data sources, but not equal managed resources. */
function together(one: Value, other: Value): Value {
  const merged: Record<string, Value | undefined> = { ...asAttributes(one) };
  for (const [type, named] of Object.entries(asAttributes(other))) {
    merged[type] = { ...asAttributes(merged[type]), ...asAttributes(named) };
  }
  return merged;
}

function withoutStates(data: Value): Attributes {
  return Object.fromEntries(Object.entries(asAttributes(data)).filter(([type]) => type !== 'terraform_remote_state'));
}

function asAttributes(value: Value | undefined): Attributes {
  return isAttributes(value) ? value : {};
}
