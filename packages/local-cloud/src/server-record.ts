import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { readOptionalFile } from './optional-file';

/** What `up` writes down about the server that it started. */
export interface ServerRecord {
  readonly pid: number;
  readonly port: number;
}

function isRecord(value: unknown): value is ServerRecord {
  const { pid, port } = (value ?? {}) as Partial<ServerRecord>;
  return typeof pid === 'number' && typeof port === 'number';
}

/** The record, or undefined where there is none or its text is none. */
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

/** Writes it whole or not at all: a reader never sees half of it. */
export async function writeServerRecord(path: string, record: ServerRecord): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const unfinished = `${path}.${String(record.pid)}`;
  await writeFile(unfinished, `${JSON.stringify(record, undefined, 2)}\n`);
  await rename(unfinished, path);
}

export async function removeServerRecord(path: string): Promise<void> {
  await rm(path, { force: true });
}
