import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { type AwsClients, callerOf } from '@nightshift/aws-access';
import { orAbsent } from './bucket-settings';

/** An object in a state bucket. */
export interface StoredObject {
  readonly text: string;
  /** Changes with each write, even of the same text. */
  readonly version: string;
}

/** Objects of one environment's state bucket. */
export interface StateObjects {
  /** @returns undefined if the object does not exist. */
  readonly read: (bucket: string, key: string) => Promise<StoredObject | undefined>;
  readonly write: (bucket: string, key: string, text: string) => Promise<void>;
  /** The ARN of the credentials. */
  readonly caller: () => Promise<string>;
}

export function stateObjects({ s3, sts }: Pick<AwsClients, 's3' | 'sts'>): StateObjects {
  return {
    read: async (Bucket, Key) => {
      const answer = await orAbsent(s3.send(new GetObjectCommand({ Bucket, Key })), 'NoSuchKey');
      const text = await answer?.Body?.transformToString();
      return text === undefined ? undefined : { text, version: `${String(answer?.ETag)} ${String(answer?.VersionId)}` };
    },
    write: async (Bucket, Key, text) => {
      await s3.send(new PutObjectCommand({ Bucket, Key, Body: text, ContentType: 'application/json' }));
    },
    caller: async () => (await callerOf(sts)).arn,
  };
}
