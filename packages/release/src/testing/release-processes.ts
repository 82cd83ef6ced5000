import { sdkError } from '@nightshift/testing/aws';
import type { ReleaseRecord } from '../record';
import type { ReleaseContext } from '../release-context';
import type { FakePlatform } from './fake-platform';

/** The result of an AWS call. `lose`: the call succeeds, but its response is lost. */
export type CallEnd = 'answer' | 'fail' | 'lose';

const lostConnection = () => sdkError('TimeoutError', 'the connection was lost', 500);

interface Client {
  readonly send: (command: unknown) => Promise<unknown>;
}

/** One command of the user. It stops at each AWS call until the test ends the call. */
export class ReleaseProcess {
  ended = false;
  failure: Error | undefined;
  private killed = false;
  private readonly calls: ((end: CallEnd) => void)[] = [];

  constructor(
    platform: FakePlatform,
    private readonly work: (context: ReleaseContext) => Promise<unknown>,
  ) {
    const { context } = platform;
    const clients = Object.fromEntries(
      Object.entries(context.clients as unknown as Record<string, Client>).map(([name, client]) => [
        name,
        name === 'once'
          ? Object.fromEntries(
              Object.entries(client).map(([one, inner]) => [one, this.gated(inner as unknown as Client)]),
            )
          : this.gated(client),
      ]),
    ) as unknown as ReleaseContext['clients'];
    void this.run({ ...context, clients });
  }

  /** Ends the oldest open call. */
  async next(end: CallEnd): Promise<void> {
    if (!this.killed) this.calls.shift()?.(end);
    await settled();
  }

  /** Kills the process: no further call has an effect. */
  kill(): void {
    this.killed = true;
    this.ended = true;
  }

  /** Answers every call until the command ends. */
  async finish(): Promise<void> {
    await settled();
    while (!this.ended) await this.next('answer');
  }

  private async run(context: ReleaseContext): Promise<void> {
    await this.work(context).catch((error: unknown) => {
      this.failure = error as Error;
    });
    this.ended = true;
  }

  private gated(client: Client): Client {
    return {
      send: async (command) => {
        const end = await new Promise<CallEnd>((resolve) => this.calls.push(resolve));
        if (end === 'fail') throw lostConnection();
        const answer = await client.send(command);
        if (end === 'lose') throw lostConnection();
        return answer;
      },
    };
  }
}

/** The newest release record of the platform. */
export function newestRecord(platform: FakePlatform): ReleaseRecord | undefined {
  const pointer = platform.bucket.value('test/releases/latest.json') as { key: string } | null;
  return pointer ? ((platform.bucket.value(pointer.key) as ReleaseRecord | null) ?? undefined) : undefined;
}

/** Waits until every process has stopped at an AWS call. */
async function settled(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}
