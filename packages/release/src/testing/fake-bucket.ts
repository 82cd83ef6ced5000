import type { S3Client } from '@aws-sdk/client-s3';
import { fakeClient, sdkError, type Handlers, type Input } from '@nightshift/testing/aws';

interface FakeObject {
  readonly text: string;
  readonly etag: string;
  readonly writtenAt: Date;
}

/** An S3 bucket in memory with conditional writes. */
export class FakeBucket {
  readonly objects = new Map<string, FakeObject>();
  /** Called before each command; can change the bucket, or return an error for the command. */
  onCall: (command: string, input: Input) => Error | undefined = () => undefined;
  /** The response to the next write is lost, and the SDK repeats the call. */
  loseAnswer = false;
  /** Keys per page. */
  pageSize = 1000;
  private writes = 0;

  constructor(private readonly now: () => Date) {}

  put(key: string, value: unknown): void {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    this.objects.set(key, { text, etag: `"${String(++this.writes)}"`, writtenAt: this.now() });
  }

  /** Writes the state of the compute stack with these task definition revisions. */
  terraformKnows(...arns: string[]): void {
    const instance = (arn: string) => ({ attributes: { arn, family: 'ecs-task-test' } });
    const deposed = {
      deposed: '1a2b',
      ...instance('arn:aws:ecs:us-east-1:123456789012:task-definition/ecs-task-test:0'),
    };
    this.put('test/compute.tfstate', {
      version: 4,
      resources: [
        { mode: 'data', type: 'aws_region', instances: [{ attributes: { name: 'us-east-1' } }] },
        { mode: 'managed', type: 'aws_ecs_task_definition', instances: [deposed, ...arns.map(instance)] },
      ],
    });
  }

  value(key: string): unknown {
    return JSON.parse(this.objects.get(key)?.text ?? 'null') as unknown;
  }

  get client(): S3Client {
    return fakeClient(this.handlers, () => undefined) as S3Client;
  }

  private get handlers(): Handlers {
    return {
      GetObject: (input) => {
        this.called('GetObject', input);
        const object = this.objects.get(String(input['Key']));
        if (!object) throw sdkError('NoSuchKey', 'The specified key does not exist.', 404);
        const { text, etag: ETag, writtenAt: LastModified } = object;
        return { Body: { transformToString: () => Promise.resolve(text) }, ETag, LastModified };
      },
      PutObject: (input) => {
        this.called('PutObject', input);
        const lost = this.loseAnswer;
        this.loseAnswer = false;
        const answer = this.write(input);
        return lost ? this.write(input) : answer;
      },
      ListObjectsV2: ({ Prefix, ContinuationToken = '0' }) => {
        const keys = [...this.objects.keys()].filter((key) => key.startsWith(String(Prefix))).sort();
        const end = Number(ContinuationToken) + this.pageSize;
        const page = keys.slice(Number(ContinuationToken), end).map((Key) => ({ Key }));
        return {
          ...(page.length > 0 && { Contents: page }),
          ...(end < keys.length && { NextContinuationToken: String(end) }),
        };
      },
    };
  }

  private write({ Key, Body, IfMatch, IfNoneMatch }: Input): object {
    const key = String(Key);
    const there = this.objects.get(key);
    if (IfMatch !== undefined && !there) throw sdkError('NoSuchKey', 'The specified key does not exist.', 404);
    const refused = IfMatch === undefined ? IfNoneMatch === '*' && there : there?.etag !== IfMatch;
    if (refused)
      throw sdkError('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', 412);
    this.put(key, Body);
    return { ETag: this.objects.get(key)?.etag };
  }

  private called(command: string, input: Input): void {
    const failure = this.onCall(command, input);
    if (failure) throw failure;
  }
}
