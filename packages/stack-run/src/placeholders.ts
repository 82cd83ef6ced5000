import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TerraformPlan } from '@nightshift/terraform';
import type { TerraformRuns } from './effects';

/** A stack whose missing upstream values are placeholders. */
interface StackWithPlaceholders {
  readonly json: StackJson;
  /** Addresses of the placeholder resources, which are no part of the stack. */
  readonly addresses: readonly string[];
}

/**
 * Replaces missing values by outputs of a `terraform_data` resource. Until it is created, Terraform knows the type of its output and not
 * its value: everything that uses it is planned as known after apply, and no sample value appears in a plan. Lists keep
 * their length, as each of their elements is an output of its own.
 * https://developer.hashicorp.com/terraform/language/resources/terraform-data
 */
export function withPlaceholders(stack: StackJson, missing: readonly MissingValues[]): StackWithPlaceholders {
  const { data, ...json } = rewritten(stack, missing);
  const states = upstreamReads({ ...json, ...(data && { data }) })
    // A state that does not exist must not be read.
    .filter(({ values }) => values.length > 0)
    .map(({ dataSource, state }) => [dataSource, state] as const);
  const placeholders = missing.map(({ dataSource, values }) => [dataSource, placeholderFor(values)] as const);
  const { terraform_data: own, ...resource } = json.resource ?? {};
  return {
    json: {
      ...json,
      ...filled({ data: filled({ ...data, terraform_remote_state: Object.fromEntries(states) }) }),
      resource: { ...resource, terraform_data: { ...own, ...Object.fromEntries(placeholders) } },
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
function placeholderFor(values: readonly string[]) {
  return { input: Object.fromEntries(values.map((value) => [value, 'placeholder'])) };
}

/** Terraform refuses empty blocks. */
function filled<T extends object>(blocks: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(blocks).filter(([, block]) => Object.keys(block).length > 0));
}

/** Removes the placeholder resources from a plan. */
export function withoutPlaceholders(plan: TerraformPlan, addresses: StackWithPlaceholders['addresses']): TerraformPlan {
  const resources = plan.resource_changes ?? [];
  return { ...plan, resource_changes: resources.filter(({ address }) => !addresses.includes(address)) };
}

type TerraformIn = (directory: string) => Promise<Pick<TerraformRuns, 'outputs'>>;

/**
 * Reads from the states of other stacks which values are missing.
 * @param directoryFor the working directory of Terraform for the state of a stack.
 */
export async function findMissingValues(
  json: StackJson,
  directoryFor: (stack: string) => string,
  terraformIn: TerraformIn,
): Promise<readonly MissingValues[]> {
  const found = upstreamReads(json).map(async (read) => {
    const published = await publishedNames(read, directoryFor(read.stack), terraformIn);
    const { stack, dataSource } = read;
    const values = read.values.filter((value) => !published.includes(value));
    return values.length === 0 ? [] : [{ stack, dataSource, values, all: published.length === 0 }];
  });
  return (await Promise.all(found)).flat();
}

/** Names of the outputs in another stack's state; none where it was never deployed. */
async function publishedNames(
  { state }: UpstreamRead,
  directory: string,
  terraformIn: TerraformIn,
): Promise<readonly string[]> {
  await mkdir(directory, { recursive: true });
  const configuration = { terraform: { backend: { [state.backend]: state.config } } };
  await writeFile(join(directory, 'cdk.tf.json'), JSON.stringify(configuration));
  const terraform = await terraformIn(directory);
  return Object.keys(await terraform.outputs());
}

/** Values that a stack reads from another one, which does not publish them yet. */
export interface MissingValues extends Pick<UpstreamRead, 'stack' | 'dataSource'> {
  /** At least one, sorted. */
  readonly values: readonly string[];
  /** The other stack publishes nothing at all: it is not deployed. */
  readonly all: boolean;
}

/** The values that a stack reads from the state of another one. */
interface UpstreamRead {
  /** The other stack, such as `network`. */
  readonly stack: string;
  /** The name of the data source that reads it. */
  readonly dataSource: string;
  readonly state: RemoteState;
  /** Names of the outputs, sorted. */
  readonly values: readonly string[];
}

/** An expression that reads one output of another stack, as CDKTF writes it. */
const REFERENCE = /\bdata\.terraform_remote_state\.([\w-]+)\.outputs\.([\w-]+)/g;

/** CDKTF names the data source after the stack. */
const PREFIX = 'cross-stack-reference-input-';

/** All values that a stack reads from others. */
export function upstreamReads(json: StackJson): readonly UpstreamRead[] {
  const references = [...JSON.stringify(json).matchAll(REFERENCE)];
  return Object.entries(json.data?.terraform_remote_state ?? {}).map(([dataSource, state]) => ({
    stack: dataSource.replace(PREFIX, ''),
    dataSource,
    state,
    values: [
      ...new Set(references.flatMap(([, from, value]) => (from === dataSource && value !== undefined ? [value] : []))),
    ].sort(),
  }));
}

/** CDKTF's configuration to read the state of another stack: https://developer.hashicorp.com/terraform/language/state/remote-state-data */
interface RemoteState {
  readonly backend: string;
  readonly config: Readonly<Record<string, unknown>>;
}

/** Resources or data sources of one type by name. */
export type Blocks = Readonly<Record<string, object>>;

/** Where a state is. */
export interface S3Backend {
  readonly bucket: string;
  readonly key: string;
}

/** The parts of a synthesized stack, `cdk.tf.json`, by which it reads others. */
export interface StackJson {
  readonly data?: {
    readonly terraform_remote_state?: Readonly<Record<string, RemoteState>>;
    readonly [type: string]: Blocks;
  };
  readonly resource?: Readonly<Record<string, Blocks>>;
  readonly terraform?: { readonly backend: { readonly s3?: S3Backend } };
  readonly [block: string]: unknown;
}
