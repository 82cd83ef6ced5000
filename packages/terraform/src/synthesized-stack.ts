import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** The file in the stack's directory to which Terraform writes a state that it cannot save. */
export const UNSAVED_STATE = 'errored.tfstate';

/** A synthesized stack: `cdktf.out/<suffix>/stacks/<stack>/cdk.tf.json`. */
export interface SynthesizedStack {
  /** Such as `network`. */
  readonly name: string;
  /** The environment's suffix, such as `dev`. */
  readonly suffix: string;
  readonly directory: string;
  /** The construct path of a resource or data source, such as `network/Vpc/Resource`. */
  readonly constructPath: (address: string) => string | undefined;
  /** Addresses of resources, including those in `moved` and `removed` blocks. */
  readonly addresses: ReadonlySet<string>;
  /** Names of the values that this stack reads from another stack's state. */
  readonly valuesFrom: (remoteState: string) => readonly string[];
  /** The allowed accounts of the AWS provider; empty without a restriction. */
  readonly allowedAccounts: readonly string[];
  /** The blocks that `init` depends on. */
  readonly requiredProviders: unknown;
  /** The type of the backend and its settings. */
  readonly backend: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

interface Block {
  readonly '//'?: { readonly metadata?: { readonly path?: string } };
}

interface StackJson {
  readonly terraform?: { readonly required_providers?: unknown; readonly backend?: SynthesizedStack['backend'] };
  readonly provider?: { readonly aws?: readonly { readonly allowed_account_ids?: readonly string[] }[] };
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Block>>>>;
  readonly data?: Readonly<Record<string, Readonly<Record<string, Block>>>>;
  readonly moved?: readonly { readonly from: string }[];
  readonly removed?: readonly { readonly from: string }[];
}

/** Reads a synthesized stack. @throws {Error} when the stack has not been synthesized. */
export async function readSynthesizedStack(directory: string): Promise<SynthesizedStack> {
  const text = await readFile(join(directory, 'cdk.tf.json'), 'utf8');
  const json = JSON.parse(text) as StackJson;
  return {
    name: basename(directory),
    suffix: basename(dirname(dirname(directory))),
    directory,
    constructPath: (address) => constructPath(json, address),
    addresses: addressesIn(text),
    valuesFrom: (remoteState) => valuesFrom(text, remoteState),
    allowedAccounts: json.provider?.aws?.[0]?.allowed_account_ids ?? [],
    requiredProviders: json.terraform?.required_providers,
    backend: json.terraform?.backend ?? {},
  };
}

/** The addresses of the resources in a `cdk.tf.json`, without index. */
export function addressesIn(text: string): ReadonlySet<string> {
  const { resource = {}, moved = [], removed = [] } = JSON.parse(text) as StackJson;
  const declared = Object.entries(resource).flatMap(([type, all]) => Object.keys(all).map((name) => `${type}.${name}`));
  const previous = [...moved, ...removed].map(({ from }) => from.replace(/\[.*$/, ''));
  return new Set([...declared, ...previous]);
}

/** `aws_subnet.Vpc_Private_1A2B[0]` and `data.aws_caller_identity.Current` are both addresses. */
function constructPath({ resource, data }: StackJson, address: string): string | undefined {
  const [, isData, type = '', name = ''] = /^(data\.)?(\w+)\.([\w-]+)/.exec(address) ?? [];
  return (isData ? data : resource)?.[type]?.[name]?.['//']?.metadata?.path;
}

function valuesFrom(text: string, remoteState: string): readonly string[] {
  const reference = /data\.terraform_remote_state\.([\w-]+)\.outputs\.([\w-]+)/g;
  const names = [...text.matchAll(reference)]
    .filter(([, state]) => state === remoteState)
    .map(([, , name]) => String(name));
  return [...new Set(names)].sort();
}
