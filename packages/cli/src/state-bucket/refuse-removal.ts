import { ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';
import type { Environment } from '@nightshift/config';
import { UserError, type Problem } from '@nightshift/errors';
import { everydayCommands } from '../everyday-commands';
import { readStoredState } from './stored-state';
import type { StateBucket } from './state-bucket';

type Request = StateBucket['request'];

/** `<suffix>/<stack>.tfstate`, and the lock file beside it. */
const STATE = /^([a-z0-9-]+)\/([a-z0-9-]+)\.tfstate(\.tflock)?$/;

/** @throws {UserError} with every reason why the bucket must stay; none when it may go. */
export async function refuseRemoval(
  s3: S3Client,
  request: Request,
  environment: Pick<Environment, 'name' | 'suffix'>,
): Promise<void> {
  const keys = await objectKeys(s3, request);
  const [first, ...others] = [
    ...foreign(keys, request.Bucket),
    ...locked(keys, request.Bucket),
    ...(await deployed(s3, request, keys, environment)),
  ];
  if (first) throw new UserError(first, ...others);
}

async function objectKeys(s3: S3Client, request: Request): Promise<string[]> {
  const keys: string[] = [];
  let token: string | undefined;
  do {
    const page = await s3.send(new ListObjectsV2Command({ ...request, ...(token && { ContinuationToken: token }) }));
    keys.push(...(page.Contents ?? []).map(({ Key }) => String(Key)));
    token = page.NextContinuationToken;
  } while (token !== undefined);
  return keys;
}

function foreign(keys: readonly string[], bucket: string): Problem[] {
  const others = keys.filter((key) => !STATE.test(key));
  if (others.length === 0) return [];
  return [
    {
      where: `state bucket ${bucket}`,
      what: `holds ${counted(others.length, 'object')} not made by Nightshift`,
      got: others.slice(0, 3).join(', ') + (others.length > 3 ? ', …' : ''),
      todo: `move ${others.length === 1 ? 'it' : 'them'} elsewhere first`,
    },
  ];
}

function locked(keys: readonly string[], bucket: string): Problem[] {
  return keys
    .filter((key) => STATE.exec(key)?.[3] !== undefined)
    .map((key) => ({
      where: `s3://${bucket}/${key}`,
      what: 'a run holds this lock',
      todo: 'wait until that run has ended; only if it crashed, delete the object',
    }));
}

/** One problem an environment: ephemeral ones may share a bucket. */
async function deployed(
  s3: S3Client,
  request: Request,
  keys: readonly string[],
  { name, suffix: own }: Pick<Environment, 'name' | 'suffix'>,
): Promise<Problem[]> {
  const stacks = new Map<string, string[]>();
  for (const key of keys) {
    const [, suffix, stack, lock] = STATE.exec(key) ?? [];
    if (suffix === undefined || stack === undefined || lock !== undefined) continue;
    const state = await readStoredState(s3, request, key);
    if (!state?.resources) continue;
    stacks.set(suffix, [...(stacks.get(suffix) ?? []), `${stack} (${counted(state.resources, 'resource')})`]);
  }
  return [...stacks].map(([suffix, names]) => ({
    where: `state bucket ${request.Bucket}`,
    what: `still describes what is deployed as ${suffix}`,
    got: names.join(', '),
    todo: `destroy it first: ${everydayCommands({ name: name === own ? suffix : name, suffix }).nx('destroy')}`,
  }));
}

function counted(number: number, thing: string): string {
  return `${String(number)} ${thing}${number === 1 ? '' : 's'}`;
}
