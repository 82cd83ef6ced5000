import { Faults } from '../harness/faults';
import { Load } from '../harness/load';
import type { Platform } from '../harness/platform';
import { Releases } from '../harness/releases';
import { success } from '../harness/success';
import type { Workspace } from '../harness/workspace';

/** AWS has a bad night as well. */
export function outages(workspace: () => Workspace, platform: () => Platform): void {
  const releases = new Releases(workspace, platform);
  const faults = new Faults(workspace);

  afterEach(async () => {
    await faults.clear();
  });

  it.each([
    ['throttled', 'throttle', 'fault-1'],
    ['answered with 5xx', 'error', 'fault-2'],
  ] as const)('R10.5 a release gets through while every fifth call is %s', async (_, answer, tag) => {
    await releases.push(tag, 'healthy');
    await faults.add('*', answer, 0.2);
    const run = await releases.release(`--image ${tag} --yes --json`);
    await faults.clear();
    await success(Promise.resolve(run));
    expect((await releases.history())[0]).toMatchObject({ outcome: 'succeeded', to: { tag } });
    await releases.expectAtRest(tag);
  });

  it('R5.4 a Spot task that is taken away is replaced, and no request fails', async () => {
    const before = await releases.tasks();
    const { failed } = await Load.during(`${await releases.url()}/health`, 20, async () => {
      await faults.interrupt(platform().names.of('ecs-service'), 1);
      await replaced(before);
    });
    expect(failed).toEqual([]);
  });

  /** Waits until as many run as are desired, and one of those before is gone. Auto-scaling may change the count meanwhile. */
  async function replaced(before: readonly string[]): Promise<void> {
    for (let look = 0; look < 120; look += 1) {
      const tasks = await releases.tasks();
      const { runningCount, desiredCount } = await releases.service();
      const stayed = tasks.filter((task) => before.includes(task));
      if (stayed.length < before.length && runningCount === desiredCount) return;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    throw new Error('not replaced after a minute');
  }
}
