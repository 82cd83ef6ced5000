import { GetObjectCommand, ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';
import { UserError } from '@nightshift/errors';
import { orAbsent } from './bucket-settings';
import type { StateBucket } from './create-bucket';

/** The stored state of one stack. */
export interface StoredState {
  /** Grows by one with each change. */
  readonly serial: number;
  readonly outputs: Readonly<Record<string, unknown>>;
  /** The number of resources in this state, without data sources. */
  readonly resources: number;
  /** Resources with data that would be lost, such as `S3 bucket s3-lb-logs-dev`. */
  readonly data: readonly string[];
  /** When S3 received the state. */
  readonly storedAt?: Date | undefined;
}

/** Resource types with data, or required to read data, and their names in AWS. */
const DATA_TYPES: Readonly<Record<string, string>> = {
  aws_s3_bucket: 'S3 bucket',
  aws_ecr_repository: 'ECR repository',
  aws_cloudwatch_log_group: 'log group',
  aws_kms_key: 'KMS key',
};

export interface StateObject {
  readonly key: string;
  readonly suffix: string;
  readonly stack: string;
  readonly isLock: boolean;
}

/** The parts of Terraform's state, version 4, that are used here. */
interface StateFile {
  readonly serial: number;
  readonly outputs: Record<string, { readonly value: unknown }>;
  readonly resources: readonly {
    readonly mode: string;
    readonly type: string;
    readonly instances: readonly {
      readonly attributes?: { readonly id?: string; readonly name?: string; readonly target_key_id?: string };
    }[];
  }[];
}

/** The environment and stack of a state object or its lock file; undefined for any other object (R0.1). */
export function stateObject(key: string): StateObject | undefined {
  const [, suffix, stack, lock] = /^([a-z0-9-]+)\/([a-z0-9-]+)\.tfstate(\.tflock)?$/.exec(key) ?? [];
  return suffix === undefined || stack === undefined ? undefined : { key, suffix, stack, isLock: lock !== undefined };
}

/** Reads a stack's state without Terraform; undefined when it was never deployed. */
export async function readStoredState(
  s3: S3Client,
  request: StateBucket['request'],
  key: string,
): Promise<StoredState | undefined> {
  const answer = await orAbsent(s3.send(new GetObjectCommand({ ...request, Key: key })), 'NoSuchKey');
  const text = await answer?.Body?.transformToString();
  if (text === undefined) return undefined;
  const { serial, outputs, resources } = parse(text, `s3://${request.Bucket}/${key}`);
  const managed = resources.filter(({ mode }) => mode === 'managed');
  const aliases = managed.filter(({ type }) => type === 'aws_kms_alias').flatMap(({ instances }) => instances);
  // The id of a key is not a readable name.
  const names = new Map(aliases.map(({ attributes }) => [attributes?.target_key_id, attributes?.name]));
  const shownName = (id: string | undefined) => names.get(id) ?? String(id);
  return {
    serial,
    outputs: Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value])),
    resources: managed.reduce((sum, { instances }) => sum + instances.length, 0),
    data: managed.flatMap(({ type, instances }) => {
      const kind = DATA_TYPES[type];
      return kind === undefined ? [] : instances.map(({ attributes }) => `${kind} ${shownName(attributes?.id)}`);
    }),
    storedAt: answer?.LastModified,
  };
}

function parse(text: string, where: string): StateFile {
  try {
    const { version, ...state } = JSON.parse(text) as StateFile & { version: number };
    if (version === 4) return state;
  } catch {
    // The message is the same.
  }
  throw new UserError({
    where,
    what: 'not a Terraform state of version 4',
    got: JSON.stringify(text.slice(0, 40)),
    todo: 'restore a previous version of the object (the bucket is versioned), or delete it',
  });
}

/** The stored states of an environment, by the name of the stack. */
export async function environmentStates(
  s3: S3Client,
  request: StateBucket['request'],
  suffix: string,
): Promise<ReadonlyMap<string, StoredState>> {
  const states = new Map<string, StoredState>();
  for (const key of await objectKeys(s3, request)) {
    const object = stateObject(key);
    if (object?.suffix !== suffix || object.isLock) continue;
    const state = await readStoredState(s3, request, key);
    if (state) states.set(object.stack, state);
  }
  return states;
}

/** The keys of all current objects. */
export async function objectKeys(s3: S3Client, request: StateBucket['request']): Promise<string[]> {
  const keys: string[] = [];
  let token: string | undefined;
  do {
    const page = await s3.send(new ListObjectsV2Command({ ...request, ...(token && { ContinuationToken: token }) }));
    keys.push(...(page.Contents ?? []).map(({ Key }) => String(Key)));
    token = page.NextContinuationToken;
  } while (token !== undefined);
  return keys;
}
