import type { S3Client } from '@aws-sdk/client-s3';
import type { Environment } from '@nightshift/config';
import { everydayCommands, type EverydayCommands, type Problem, UserError } from '@nightshift/errors';
import type { StateBucket } from './create-bucket';
import { LOG_PREFIX } from './log-bucket';
import { objectKeys, readStoredState, stateObject, type StateObject } from './stored-state';

type Request = StateBucket['request'];

interface Buckets {
  /** The state bucket. @default - it does not exist */
  readonly states: Request | undefined;
  /** The bucket of its access logs. @default - it does not exist */
  readonly logs: Request | undefined;
}

/** @throws {UserError} with every reason to keep a bucket. */
export async function refuseRemoval(
  s3: S3Client,
  { states, logs }: Buckets,
  environment: Pick<Environment, 'name' | 'suffix'>,
): Promise<void> {
  const [first, ...others] = [
    ...(states ? await problemsOfStates(s3, states, environment) : []),
    ...(logs ? await problemsOfLogs(s3, logs) : []),
  ];
  if (first) throw new UserError(first, ...others);
}

async function problemsOfLogs(s3: S3Client, request: Request): Promise<Problem[]> {
  const keys = await objectKeys(s3, request);
  return foreign(
    keys.filter((key) => !key.startsWith(LOG_PREFIX)),
    `log bucket ${request.Bucket}`,
  );
}

async function problemsOfStates(
  s3: S3Client,
  request: Request,
  environment: Pick<Environment, 'name' | 'suffix'>,
): Promise<Problem[]> {
  const keys = await objectKeys(s3, request);
  const objects = keys.map((key) => stateObject(key)).filter((object) => object !== undefined);
  const { name, suffix: own } = environment;
  // Ephemeral environments share the bucket of their profile.
  const commands = (suffix: string) => everydayCommands({ name: name === own ? suffix : name, suffix });
  const others = keys.filter((key) => stateObject(key) === undefined && !isRecord(key));
  return [
    ...foreign(others, `state bucket ${request.Bucket}`),
    ...locked(objects, request.Bucket, commands),
    ...(await deployed(s3, request, objects, commands)),
  ];
}

type CommandsOf = (suffix: string) => EverydayCommands;

function foreign(others: readonly string[], where: string): Problem[] {
  if (others.length === 0) return [];
  return [
    {
      where,
      what: `holds ${counted(others.length, 'object')} not made by Nightshift`,
      got: others.slice(0, 3).join(', ') + (others.length > 3 ? ', …' : ''),
      todo: `move ${others.length === 1 ? 'it' : 'them'} elsewhere first`,
    },
  ];
}

/** Records of releases and of overridden processing windows are stored beside the states of their environment, and are deleted with them. */
function isRecord(key: string): boolean {
  return /^[a-z0-9-]+\/(?:applied|releases|during-window)\/[^/]+\.json$/.test(key);
}

function locked(objects: readonly StateObject[], bucket: string, commands: CommandsOf): Problem[] {
  return objects
    .filter(({ isLock }) => isLock)
    .map(({ key, suffix, stack }) => ({
      where: `s3://${bucket}/${key}`,
      what: 'a run holds this lock',
      todo: `wait until that run ends; if it crashed, unlock the state: ${commands(suffix).nightshift(`unlock ${stack}`)}`,
    }));
}

/** One problem per environment. */
async function deployed(
  s3: S3Client,
  request: Request,
  objects: readonly StateObject[],
  commands: CommandsOf,
): Promise<Problem[]> {
  const stacks = new Map<string, string[]>();
  for (const { key, suffix, stack, isLock } of objects) {
    const state = isLock ? undefined : await readStoredState(s3, request, key);
    if (!state?.resources) continue;
    stacks.set(suffix, [...(stacks.get(suffix) ?? []), `${stack} (${counted(state.resources, 'resource')})`]);
  }
  return [...stacks].map(([suffix, names]) => ({
    where: `state bucket ${request.Bucket}`,
    what: `holds the state of deployed resources of ${suffix}`,
    got: names.join(', '),
    todo: `destroy it first: ${commands(suffix).nx('destroy')}`,
  }));
}

function counted(number: number, thing: string): string {
  return `${String(number)} ${thing}${number === 1 ? '' : 's'}`;
}
