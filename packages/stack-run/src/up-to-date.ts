import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProcessVariables } from '@nightshift/aws-access';
import { isFile } from '@nightshift/files';
import type { StateObjects } from '@nightshift/state-bucket';
import type { TerraformBinary } from '@nightshift/terraform';
import type { ChosenStack } from './chosen-stack';
import type { StateStorage } from './effects';
import { type S3Backend, type StackJson, upstreamReads } from './placeholders';
import type { LastApply } from './run-file';

/** The record of a stack's last successful apply, next to its state in the bucket. */
interface AppliedRecord {
  readonly format: 1;
  /** Hash of everything that the apply depended on, apart from AWS. */
  readonly inputs: string;
  /** The state after the apply. */
  readonly state: StateVersion;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** ARN. */
  readonly by: string;
}

interface StateVersion {
  /** The version of the object in the bucket; every write creates a new one. */
  readonly version: string;
  readonly serial: number;
  readonly lineage: string;
}

/** The parts of Terraform's state, version 4, that are used here. */
interface State {
  readonly serial: number;
  readonly lineage: string;
  readonly outputs: Readonly<Record<string, { readonly value: unknown; readonly sensitive?: boolean }>>;
}

/** A stack before an apply. */
export interface DeployedStack {
  /** Records the apply that has just ended. */
  readonly recordApply: (at: Date) => Promise<void>;
  /** The text of the state. @default - there is none */
  readonly state?: string | undefined;
  /** The last apply, if another one would change nothing. @default - unknown */
  readonly upToDate?: LastApply & { readonly outputs: Readonly<Record<string, unknown>> };
}

type Stack = Pick<ChosenStack, 'name' | 'environment' | 'absoluteDirectory'>;

/**
 * Compares a stack with the record of its last successful apply: configuration, values of other stacks, provider lock, Terraform, and
 * the version of the state. Does not compare with AWS itself.
 * @returns undefined if this is not possible, so that Terraform runs.
 */
export async function deployedStack(
  stack: Stack,
  binary: TerraformBinary,
  effects: StateStorage & ProcessVariables,
): Promise<DeployedStack | undefined> {
  try {
    return await compare(stack, binary, await effects.stateObjects(stack.environment));
  } catch {
    // Terraform reads the same objects, and reports problems with them.
    return undefined;
  }
}

async function compare(
  stack: Stack,
  binary: TerraformBinary,
  objects: StateObjects,
): Promise<DeployedStack | undefined> {
  const text = await readFile(join(stack.absoluteDirectory, 'cdk.tf.json'), 'utf8');
  const json = JSON.parse(text) as StackJson;
  const s3 = json.terraform?.backend.s3;
  if (!s3) return undefined;
  const { LOCK_FILE, UNSAVED_STATE } = await import('@nightshift/terraform');
  const [lock, upstream, state, stored] = await Promise.all([
    readFile(LOCK_FILE, 'utf8'),
    upstreamValues(json, objects),
    readState(s3, objects),
    objects.read(s3.bucket, recordKey(s3)),
  ]);
  const { product, version } = binary;
  const inputs = createHash('sha256')
    .update(JSON.stringify([text, upstream, lock, product, version]))
    .digest('hex');
  const recordApply = async (at: Date) => {
    const after = await readState(s3, objects);
    // Another run may have changed the state since.
    if (!after || (await isLocked(s3, objects))) return;
    const record: AppliedRecord = {
      format: 1,
      inputs,
      state: after.version,
      at: at.toISOString(),
      by: await objects.caller(),
    };
    await objects.write(s3.bucket, recordKey(s3), `${JSON.stringify(record, undefined, 2)}\n`);
  };
  const record = stored && parseRecord(stored.text);
  const isSame =
    record?.format === 1 &&
    record.inputs === inputs &&
    JSON.stringify(record.state) === JSON.stringify(state?.version) &&
    !(await isLocked(s3, objects)) &&
    !(await isFile(join(stack.absoluteDirectory, UNSAVED_STATE)));
  if (!isSame || !state) return { recordApply, state: state?.text };
  return { recordApply, state: state.text, upToDate: { since: record.at, by: record.by, outputs: state.outputs } };
}

/** The last successful apply of a stack by anyone, and whether the state is unchanged since. */
export async function lastApply(
  backend: S3Backend,
  objects: StateObjects,
): Promise<(LastApply & { readonly isCurrent: boolean }) | undefined> {
  const [stored, state] = await Promise.all([
    objects.read(backend.bucket, recordKey(backend)),
    readState(backend, objects),
  ]);
  const record = stored && parseRecord(stored.text);
  if (!record) return undefined;
  const isCurrent = JSON.stringify(record.state) === JSON.stringify(state?.version);
  return { since: record.at, by: record.by, isCurrent };
}

/** @returns undefined for an invalid record, which the next apply replaces. */
function parseRecord(text: string): AppliedRecord | undefined {
  try {
    return JSON.parse(text) as AppliedRecord;
  } catch {
    return undefined;
  }
}

function recordKey({ key }: S3Backend): string {
  return key.replace(/([^/]+)\.tfstate$/, 'applied/$1.json');
}

/** With `use_lockfile`: https://developer.hashicorp.com/terraform/language/backend/s3#state-locking */
async function isLocked({ bucket, key }: S3Backend, objects: StateObjects): Promise<boolean> {
  return (await objects.read(bucket, `${key}.tflock`)) !== undefined;
}

async function readState({ bucket, key }: S3Backend, objects: StateObjects) {
  const stored = await objects.read(bucket, key);
  if (!stored) return undefined;
  const { serial, lineage, outputs } = JSON.parse(stored.text) as State;
  const version: StateVersion = { version: stored.version, serial, lineage };
  const published = Object.entries(outputs).filter(([, { sensitive }]) => !sensitive);
  return {
    text: stored.text,
    version,
    outputs: Object.fromEntries(published.map(([name, { value }]) => [name, value])),
  };
}

/** The values of other stacks that a stack reads. @throws when one of these stacks has no state. */
async function upstreamValues(json: StackJson, objects: StateObjects): Promise<readonly unknown[]> {
  const reads = upstreamReads(json).map(async ({ state: { config }, values }) => {
    const stored = await objects.read(String(config['bucket']), String(config['key']));
    const { outputs } = JSON.parse(String(stored?.text)) as State;
    return values.map((name) => [name, outputs[name]?.value]);
  });
  return await Promise.all(reads);
}
