import { Load } from '../harness/load';
import type { Releases } from '../harness/releases';
import { success } from '../harness/success';

/** R10.1-R10.5, R5.2: successful releases. */
export function goodVersions(releases: Releases): void {
  it('R10.5, R5.2 replaces the running version without a failed request, and keeps the Spot share', async () => {
    await releases.push('good-1', 'healthy');
    const { sent, failed } = await Load.during(`${await releases.url()}/health`, 20, async () => {
      const run = await success(releases.release('--image good-1 --yes --json'));
      expect(releases.resultOf(run)).toMatchObject({ end: 'succeeded' });
    });
    expect(failed).toEqual([]);
    expect(sent).toBeGreaterThan(20);
    expect((await releases.history())[0]).toMatchObject({
      outcome: 'succeeded',
      kind: 'release',
      to: { tag: 'good-1' },
    });
    await releases.expectAtRest('good-1');
  });

  it('R10.5 --check runs all checks and changes nothing', async () => {
    await releases.push('good-2', 'healthy');
    const before = await releases.primary();
    const { output } = await success(releases.release('--image good-2 --check'));
    expect(output).toContain('[OK]');
    expect(output).not.toContain('[FAIL]');
    expect((await releases.primary()).id).toBe(before.id);
  });

  it('R10.5 releases through Nx, and rollback returns to the last good release', async () => {
    await success(releases.throughNx('release --image good-2 --yes'));
    await releases.expectAtRest('good-2');
    await success(releases.rollback());
    expect((await releases.history())[0]).toMatchObject({
      outcome: 'succeeded',
      kind: 'rollback',
      to: { tag: 'good-1' },
    });
    await releases.expectAtRest('good-1');
  });

  it('R10.5 releases the running image with the newest task definition by default', async () => {
    await success(releases.release('--yes'));
    await releases.expectAtRest('good-1');
  });
}
