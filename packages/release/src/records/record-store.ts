import type { S3Client } from '@aws-sdk/client-s3';
import { UserError } from '@nightshift/errors';
import { z } from 'zod';
import { releaseRecord, type ReleaseRecord } from '../record';
import type { ReleaseContext } from '../release-context';
import { readObject, type StoredObject, writeObject } from './stored-object';

/** A record as last read or written. */
export interface StoredRecord {
  readonly record: ReleaseRecord;
  readonly object: StoredObject;
}

/** The content of `latest.json`. */
const pointer = z.object({ key: z.string() });

/**
 * The records of an environment's releases. Writes are conditional, so that two commands cannot overwrite each other's changes, and only
 * one of two simultaneous starts succeeds.
 */
export class RecordStore {
  constructor(
    private readonly s3: S3Client,
    private readonly bucket: string,
    private readonly suffix: string,
  ) {}

  /** The newest release. Undefined if there was none, or if it was abandoned before its record was written. */
  async latest(): Promise<StoredRecord | undefined> {
    const named = await this.readPointer();
    return named && (await this.read(named.key));
  }

  /** @throws {UserError} if this version cannot read the record. */
  async read(key: string): Promise<StoredRecord | undefined> {
    const object = await readObject(this.s3, this.bucket, key);
    return object && { object, record: this.parse(object) };
  }

  /**
   * Writes the record of a release that starts.
   * @param previous the newest release, from `latest`.
   * @param abandonedBefore a start before this time without a record counts as abandoned.
   * @returns undefined if another release has started in the meantime.
   */
  async begin(
    record: ReleaseRecord,
    previous: StoredRecord | undefined,
    abandonedBefore: Date,
  ): Promise<StoredRecord | undefined> {
    const named = await this.readPointer();
    const newest = named && (await this.read(named.key));
    if (newest?.object.key !== previous?.object.key) return undefined;
    if (!newest && Number(named?.object.writtenAt ?? 0) > Number(abandonedBefore)) return undefined;
    const key = recordKey(record);
    const taken = { key: pointerKey(this.suffix), text: `${JSON.stringify({ key })}\n` };
    if (!(await writeObject(this.s3, this.bucket, taken, named?.object))) return undefined;
    const object = await writeObject(this.s3, this.bucket, { key, text: textOf(record) }, undefined);
    return object && { record, object };
  }

  /**
   * Replaces a record with a new one.
   * @returns undefined if another process has written it in the meantime.
   */
  async replace({ object }: StoredRecord, record: ReleaseRecord): Promise<StoredRecord | undefined> {
    const written = await writeObject(this.s3, this.bucket, { key: object.key, text: textOf(record) }, object);
    return written && { record, object: written };
  }

  private async readPointer(): Promise<{ readonly key: string; readonly object: StoredObject } | undefined> {
    const object = await readObject(this.s3, this.bucket, pointerKey(this.suffix));
    return object && { key: pointer.parse(JSON.parse(object.text)).key, object };
  }

  private parse({ key, text }: StoredObject): ReleaseRecord {
    const parsed = releaseRecord.safeParse(valueOf(text));
    if (parsed.success) return parsed.data;
    throw new UserError({
      where: `s3://${this.bucket}/${key}`,
      what: 'not a release record of this nightshift version',
      got: parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join(', '),
      todo: 'use the version that wrote it, or delete the object',
    });
  }
}

function textOf(record: ReleaseRecord): string {
  return `${JSON.stringify(record, undefined, 2)}\n`;
}

function valueOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** The prefix of an environment's release records in the state bucket. */
export function recordPrefix(suffix: string): string {
  return `${suffix}/releases/`;
}

/** Names the newest release. A process that starts a release claims it, so that only one of two concurrent starts succeeds. */
export function pointerKey(suffix: string): string {
  return `${recordPrefix(suffix)}latest.json`;
}

/** Sorts by time. */
function recordKey({
  suffix,
  startedAt,
  id,
}: {
  readonly suffix: string;
  readonly startedAt: string;
  readonly id: string;
}): string {
  return `${recordPrefix(suffix)}${startedAt}-${id}.json`;
}

/** AWS's seconds without a write after which a start counts as abandoned. Each step of a start takes a few seconds. */
const ABANDONED = 120;

/** Minimum real time, because a higher time scale does not make a busy machine faster. */
const LEAST_MILLISECONDS = 10_000;

/** A record without a deployment and with an older last write is abandoned. */
export function abandonedBefore({ clock, timeScale }: Pick<ReleaseContext, 'clock' | 'timeScale'>): Date {
  return new Date(clock.now().getTime() - Math.max((ABANDONED * 1000) / timeScale, LEAST_MILLISECONDS));
}
