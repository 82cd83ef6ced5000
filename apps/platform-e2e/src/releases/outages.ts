import { DeleteTaskSetCommand, ECSClient } from '@aws-sdk/client-ecs';
import { ElasticLoadBalancingV2Client, ModifyListenerCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { Faults } from '../harness/faults';
import { Load } from '../harness/load';
import type { Platform } from '../harness/platform';
import { Releases } from '../harness/releases';
import { success } from '../harness/success';
import type { Workspace } from '../harness/workspace';

const ROLLBACK_FAILED = 11;

/** The parts of the first line of `release status --json` that are used here. */
interface ServiceStatus {
  readonly targetGroups: readonly { readonly trafficPercent: number }[];
  readonly problems: readonly { readonly severity: string; readonly todo: string }[];
}

/** Releases during outages of AWS. */
export function outages(workspace: () => Workspace, platform: () => Platform): void {
  const releases = new Releases(workspace, platform);
  const faults = new Faults(workspace);

  afterEach(async () => {
    await faults.clear();
  });

  it.each([
    ['throttled', 'throttle', 'fault-1'],
    ['answered with 5xx', 'error', 'fault-2'],
  ] as const)('R10.5 completes a release while every fifth call is %s', async (_, answer, tag) => {
    await releases.push(tag, 'healthy');
    await faults.add('*', answer, 0.2);
    const run = await releases.release(`--image ${tag} --yes --json`);
    await faults.clear();
    await success(Promise.resolve(run));
    expect((await releases.history())[0]).toMatchObject({ outcome: 'succeeded', to: { tag } });
    await releases.expectAtRest(tag);
  });

  it('exits with 11 after a failed rollback, and release status lists the commands that repair it', async () => {
    const begun = releases.release('--image fault-1 --yes --json');
    while (Object.keys(await releases.traffic()).length < 2) await new Promise((resolve) => setTimeout(resolve, 200));
    await faults.add('elasticloadbalancing:ModifyListener', 'error', 1);
    expect((await begun).exitCode).toBe(ROLLBACK_FAILED);
    await faults.clear();
    const status = await releases.release('status --json');
    expect(status.exitCode).toBe(ROLLBACK_FAILED);
    const { targetGroups, problems } = JSON.parse(String(status.stdout.split('\n')[0])) as ServiceStatus;
    expect(targetGroups.map(({ trafficPercent }) => trafficPercent > 0)).toEqual([true, true]);
    const [traffic, tasks] = problems.map(({ severity, todo }) => [severity, todo]) as [string[], string[]];
    const [, ListenerArn, TargetGroupArn] =
      /--listener-arn (\S+) .*TargetGroupArn=(\S+)/.exec(String(traffic[1])) ?? [];
    const [, taskSet] = /--task-set (\S+)/.exec(String(tasks[1])) ?? [];
    expect([traffic[0], tasks[0]]).toEqual(['act', 'act']);
    // Runs AWS CLI commands through the SDK, since the AWS CLI is not required.
    const DefaultActions = [{ Type: 'forward' as const, TargetGroupArn }];
    const { names } = platform();
    const place = { cluster: names.of('ecs-cluster'), service: names.of('ecs-service') };
    await platform().aws(ElasticLoadBalancingV2Client).send(new ModifyListenerCommand({ ListenerArn, DefaultActions }));
    await platform()
      .aws(ECSClient)
      .send(new DeleteTaskSetCommand({ ...place, taskSet, force: true }));
    await success(releases.release('status'));
    await releases.expectAtRest('fault-2');
  });

  it('R5.4 replaces an interrupted Spot task without a failed request', async () => {
    const before = await releases.tasks();
    const { failed } = await Load.during(`${await releases.url()}/health`, 20, async () => {
      await faults.interrupt(platform().names.of('ecs-service'), 1);
      await replaced(before);
    });
    expect(failed).toEqual([]);
  });

  /**
   * Waits until the desired number of tasks is running and one of the previous tasks has ended. Auto-scaling may change the count in the
   * meantime.
   */
  async function replaced(before: readonly string[]): Promise<void> {
    for (let attempt = 0; attempt < 120; attempt += 1) {
      const tasks = await releases.tasks();
      const { runningCount, desiredCount } = await releases.service();
      const stayed = tasks.filter((task) => before.includes(task));
      if (stayed.length < before.length && runningCount === desiredCount) return;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    throw new Error('not replaced after a minute');
  }
}
