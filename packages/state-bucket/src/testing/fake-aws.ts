import type { KMSClient } from '@aws-sdk/client-kms';
import type { S3Client } from '@aws-sdk/client-s3';
import type { STSClient } from '@aws-sdk/client-sts';
import type { AwsClients } from '@nightshift/aws-access';
import { FAKE_ACCOUNT, fakeClient, type Handlers } from '@nightshift/testing/aws';
import { FakeKms } from './fake-kms';
import { FakeS3 } from './fake-s3';

/** An AWS account in memory, behind the SDK's clients. */
export class FakeAws {
  readonly s3 = new FakeS3();
  readonly kms = new FakeKms();
  /** The names of all commands that were sent, in order, such as `PutBucketPolicy`. */
  readonly calls: string[] = [];
  /** Command name to what it is answered with instead. */
  readonly failures = new Map<string, Error>();

  get clients(): AwsClients {
    return {
      s3: this.client(this.s3.handlers) as S3Client,
      kms: this.client(this.kms.handlers) as KMSClient,
      sts: this.client({
        GetCallerIdentity: () => ({ Account: FAKE_ACCOUNT, Arn: `arn:aws:iam::${FAKE_ACCOUNT}:user/deploy` }),
      }) as unknown as STSClient,
    };
  }

  /** The commands that changed something. */
  get changes(): string[] {
    return this.calls.filter((name) => !/^(?:Get|List|Head|Describe)/.test(name));
  }

  private client(handlers: Handlers): unknown {
    return fakeClient(handlers, (name) => {
      this.calls.push(name);
      return this.failures.get(name);
    });
  }
}
