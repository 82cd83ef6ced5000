import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { inventory } from '../harness/inventory';
import { Platform } from '../harness/platform';
import { success } from '../harness/success';
import type { Run, Workspace } from '../harness/workspace';

/**
 * The role is there at once; VPC and keys are waited for by looking again and again, for 10 and 12 seconds. In the middle of that, also
 * the key that `prepare` creates is requested, however late its process starts. A request that is cancelled on its way may
 * be carried out without Terraform knowing, on AWS as here. The provider host gives requests five seconds.
 */
const WHILE_IT_WAITS = { interruptWhen: /\+ \S+ +aws_iam_role /, delaySeconds: 5 };

/** The results of the interrupted environment. */
interface Story {
  readonly halted: Run;
  readonly terminated: Run;
  readonly left: readonly string[];
}

/**
 * An environment whose deployment is interrupted by Ctrl-C and whose removal by SIGTERM, and what follows. Takes minutes, so it starts
 * early.
 */
export class Interrupted {
  private story: Promise<Story> | undefined;

  constructor(
    private readonly workspace: () => Workspace,
    private readonly local: () => Platform,
  ) {}

  begin(): void {
    this.story = this.play();
    // The error is reported where the result is awaited.
    this.story.catch(() => undefined);
  }

  /** @returns the results of the interrupted commands, and the remaining resources after the destroy. */
  async end(): Promise<Story> {
    if (!this.story) throw new Error('it has not begun');
    return await this.story;
  }

  private async play(): Promise<Story> {
    const workspace = this.workspace();
    await workspace.write('environments/halted.yaml', await workspace.read('environments/local.yaml'));
    const platform = new Platform({ workspace, configuration: 'halted' }).useEndpoint(this.local().localEndpoint());
    await success(platform.nightshift('bootstrap'));

    const halted = await platform.all('deploy', WHILE_IT_WAITS);
    await noLocks(platform);
    await Promise.all([platform.pushImageOf(this.local()), success(platform.all('deploy', { timeoutSeconds: 900 }))]);
    const terminated = await platform.inPipeline('destroy --yes', {
      interruptWhen: /^compute +\d+\/\d+ - /m,
      signal: 'SIGTERM',
    });
    await success(platform.all('destroy --yes', { timeoutSeconds: 900 }));
    const left = await inventory(platform);
    await success(platform.nightshift('bootstrap --remove'));
    return { halted, terminated, left };
  }
}

/** Ctrl-C during a deployment, and SIGTERM during a destroy. */
export function interruption(interrupted: Interrupted): void {
  it('stops cleanly, leaves no lock, and the next deployment succeeds', async () => {
    const { halted, left } = await interrupted.end();
    const { exitCode, output } = halted;
    expect({ exitCode, output }).not.toMatchObject({ exitCode: 0 });
    expect(left).toEqual([]);
  });

  it('stops cleanly on SIGTERM too, for which a pipeline waits', async () => {
    const { terminated } = await interrupted.end();
    expect(terminated.output).toContain(
      '\nStopping: Terraform finishes the current operations, saves the state and releases its lock.\n',
    );
    expect(terminated.output).toContain(
      'compute: interrupted; Terraform stopped cleanly, saved the state and released its lock',
    );
    expect(terminated.exitCode).toBe(130);
  });
}

/** Nx does not wait for its tasks after Ctrl-C, so the command can end before Terraform has released its lock. */
async function noLocks(platform: Platform): Promise<void> {
  for (let second = 0; second < 60; second += 1) {
    const { Contents = [] } = await platform
      .aws(S3Client)
      .send(new ListObjectsV2Command({ Bucket: platform.environment.state.bucket }));
    if (!Contents.some(({ Key = '' }) => Key.endsWith('.tflock'))) return;
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  throw new Error('a lock is still there after 60 s');
}
