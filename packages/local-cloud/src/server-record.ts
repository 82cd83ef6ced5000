import { randomBytes } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { readOptionalFile } from '@nightshift/files';

/** The secrets of one start of the local cloud. Only this user can read them. */
export interface CloudKey {
  /** The access key of every AWS call. The server refuses other keys. */
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** For `/nightshift/*` and moto's own `/moto-api/*`. */
  readonly controlToken: string;
}

/** The record that `up` writes about the server that it started. */
export interface ServerRecord extends CloudKey {
  readonly pid: number;
  readonly port: number;
}

/** AWS does not use this prefix: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html */
export function newCloudKey(): CloudKey {
  return {
    accessKeyId: `NSLC${randomBytes(16).toString('hex').toUpperCase()}`,
    secretAccessKey: randomBytes(30).toString('base64url'),
    controlToken: randomBytes(30).toString('base64url'),
  };
}

function isRecord(value: unknown): value is ServerRecord {
  const { pid, port, ...key } = (value ?? {}) as Partial<ServerRecord>;
  const texts = [key.accessKeyId, key.secretAccessKey, key.controlToken];
  return typeof pid === 'number' && typeof port === 'number' && texts.every((text) => typeof text === 'string');
}

/** The record, or undefined if it is missing or invalid. */
export async function readServerRecord(path: string): Promise<ServerRecord | undefined> {
  const text = await readOptionalFile(path);
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Writes it atomically, readable by this user only. */
export async function writeServerRecord(path: string, record: ServerRecord): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const unfinished = `${path}.${String(record.pid)}`;
  await rm(unfinished, { force: true });
  await writeFile(unfinished, `${JSON.stringify(record, undefined, 2)}\n`, { mode: 0o600 });
  await rename(unfinished, path);
}

export async function removeServerRecord(path: string): Promise<void> {
  await rm(path, { force: true });
}
