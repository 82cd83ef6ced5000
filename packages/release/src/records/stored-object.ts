import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { isAnswer } from '../aws-answers';

/** An object of the state bucket. */
export interface StoredObject {
  readonly key: string;
  readonly text: string;
  readonly etag: string | undefined;
  /** The time of the last write, by S3's clock. Undefined: this process has just written it. */
  readonly writtenAt?: Date | undefined;
}

/** An object, or undefined if it does not exist. */
export async function readObject(s3: S3Client, bucket: string, key: string): Promise<StoredObject | undefined> {
  try {
    const {
      Body,
      ETag: etag,
      LastModified: writtenAt,
    } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return { key, text: String(await Body?.transformToString()), etag, writtenAt };
  } catch (error) {
    if (isAnswer(error, 'NoSuchKey')) return undefined;
    throw error;
  }
}

/**
 * Writes an object only if no other process has written it since `previous` was read. Without `previous`, only if it does not exist.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 * @returns undefined when another process has written it.
 */
export async function writeObject(
  s3: S3Client,
  bucket: string,
  { key, text }: Pick<StoredObject, 'key' | 'text'>,
  previous: StoredObject | undefined,
): Promise<StoredObject | undefined> {
  const condition = previous ? { IfMatch: previous.etag } : { IfNoneMatch: '*' };
  const input = { Bucket: bucket, Key: key, Body: text, ContentType: 'application/json', ...condition };
  try {
    const { ETag: etag } = await s3.send(new PutObjectCommand(input));
    return { key, text, etag };
  } catch (error) {
    // `NoSuchKey`: the object has been deleted since it was read.
    if (!isAnswer(error, 'PreconditionFailed', 'ConditionalRequestConflict', 'NoSuchKey')) throw error;
    // The SDK repeats a call after a lost response: this process has written the object.
    const there = await readObject(s3, bucket, key);
    return there?.text === text ? there : undefined;
  }
}
