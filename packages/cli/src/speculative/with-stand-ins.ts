import type { MissingValues } from './missing-values';
import type { StackJson } from './stack-json';
import { REFERENCE, upstreamReads } from './upstream-reads';

/** A stack that can be planned although others do not publish yet what it reads. */
export interface StoodIn {
  readonly json: StackJson;
  /** Addresses of the resources that stand in: no part of the stack. */
  readonly addresses: readonly string[];
}

/**
 * Lets a `terraform_data` stand in for missing values. Until it is created, Terraform knows the type of its output and not
 * its value: whatever is made from it is planned as known after apply, and no sample value can get into a plan. Lists keep
 * their length, as each of their elements is an output of its own.
 * https://developer.hashicorp.com/terraform/language/resources/terraform-data
 */
export function withStandIns(stack: StackJson, missing: readonly MissingValues[]): StoodIn {
  const { data, ...json } = rewritten(stack, missing);
  const states = upstreamReads({ ...json, ...(data && { data }) })
    // A state that does not exist must not be read.
    .filter(({ values }) => values.length > 0)
    .map(({ dataSource, state }) => [dataSource, state] as const);
  const standIns = missing.map(({ dataSource, values }) => [dataSource, standInFor(values)] as const);
  const { terraform_data: own, ...resource } = json.resource ?? {};
  return {
    json: {
      ...json,
      ...filled({ data: filled({ ...data, terraform_remote_state: Object.fromEntries(states) }) }),
      resource: { ...resource, terraform_data: { ...own, ...Object.fromEntries(standIns) } },
    },
    addresses: missing.map(({ dataSource }) => `terraform_data.${dataSource}`),
  };
}

function rewritten(stack: StackJson, missing: readonly MissingValues[]): StackJson {
  const text = JSON.stringify(stack).replace(REFERENCE, (reference, dataSource: string, value: string) =>
    missing.some((one) => one.dataSource === dataSource && one.values.includes(value))
      ? `terraform_data.${dataSource}.output.${value}`
      : reference,
  );
  return JSON.parse(text) as StackJson;
}

/** All values that stacks publish are strings. */
function standInFor(values: readonly string[]) {
  return { input: Object.fromEntries(values.map((value) => [value, 'stands in'])) };
}

/** Terraform refuses empty blocks. */
function filled<T extends object>(blocks: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(blocks).filter(([, block]) => Object.keys(block).length > 0));
}
