import { FakeBucket } from '@nightshift/state-bucket/testing';
import { nothingChanged } from './fake-terraform';
import { StackVerbRun } from './stack-verb-run';

const BUCKET = 's3-tfstate-nightshift-dev';

/** `nightshift destroy` in a workspace in which compute reads values of network. */
export class DestroyRun extends StackVerbRun {
  constructor() {
    super();
    this.aws.s3.buckets.set(BUCKET, new FakeBucket());
    this.terraform.summary = { ...nothingChanged, remove: 2, hasChanges: true };
    this.terraform.whileRunning = (emit) => {
      for (const address of ['aws_vpc.Vpc_1A', 'aws_subnet.B']) {
        emit({ type: 'resource', status: 'start', address, action: 'delete', elapsedSeconds: 0 });
        emit({ type: 'resource', status: 'done', address, action: 'delete', elapsedSeconds: 0 });
      }
    };
  }

  get stdout() {
    return this.effects.printed.stdout;
  }

  /** Stores the state of a stack with a number of resources. */
  deployed(stack: string, count: number, ...others: readonly object[]): void {
    const resources = [{ mode: 'managed', type: 'aws_vpc', instances: Array.from({ length: count }, () => ({})) }];
    const state = { version: 4, serial: 1, outputs: {}, resources: [...resources, ...others] };
    this.aws.s3.bucket(BUCKET).put(`dev/${stack}.tfstate`, JSON.stringify(state));
  }

  /** @returns why it was refused, if it was. */
  async destroy(line: string): Promise<string | undefined> {
    return await this.act(`destroy ${line}`).then(
      () => undefined,
      (error: unknown) => (error as Error).message,
    );
  }
}
