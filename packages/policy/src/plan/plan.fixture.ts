import type { Resource } from '../model/model';
import type { Attributes, Value } from '../model/value';
import { modelOfPlan } from './model-of-plan';
import type { ConfiguredModule, Expressions, ResourceChange } from './plan-json';

/** An expression with references. */
export const refs = (...references: string[]) => ({ references });

/** A resource or module in the configuration of a plan. */
export const configured = (address: string, expressions: Expressions = {}, more: object = {}) => ({
  address,
  expressions,
  ...more,
});

/** A planned instance: address, known values, unknown values. */
export function change(address: string, after: Attributes | null = {}, unknown: Value = {}): ResourceChange {
  const module = /^module\..+?(?=\.(?:data\.|aws_))/.exec(address)?.[0];
  const own = module === undefined ? address : address.slice(module.length + 1);
  const [, name, key] = own.replace('data.', '').split(/[.[\]]/);
  const type = own.replace('data.', '').split('.', 1).join();
  return {
    address,
    ...(module !== undefined && { module_address: module }),
    mode: own.startsWith('data.') ? 'data' : 'managed',
    type,
    name: String(name),
    ...(key !== undefined && { index: JSON.parse(key) as string | number }),
    change: { actions: ['create'], after, after_unknown: unknown },
  };
}

/** The resource at an address in the model of a plan. */
export function plannedResource(address: string, changes: ResourceChange[], root_module: ConfiguredModule): Resource {
  const plan = { planned_values: {}, resource_changes: changes, configuration: { root_module } };
  const model = modelOfPlan({ plan, name: 'plan' });
  return model.stacks.flatMap(({ resources }) => resources).filter((one) => one.address === address)[0] as Resource;
}
