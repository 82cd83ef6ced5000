import { inventory } from '../harness/inventory';
import type { Platform } from '../harness/platform';
import { refusal, success } from '../harness/success';
import type { Workspace } from '../harness/workspace';

/** R0.4, R0.10: destroy. */
export function destroy(workspace: () => Workspace, platform: () => Platform): void {
  it('refuses to destroy a stack with dependents, and requires --yes without a terminal', async () => {
    const needed = await refusal(platform().nightshift('destroy network --yes'));
    expect(needed.output).toMatch(
      /stacks that depend on network are still deployed, got compute \(\d+ resources\), observability \(\d+ resources\)/,
    );
    const unconfirmed = await refusal(platform().all('destroy'));
    expect(unconfirmed.output).toContain('confirmation required, but there is no terminal - add --yes');
  });

  it('R0.4, R0.10 destroys in reverse order and leaves nothing behind', async () => {
    expect(await inventory(platform())).not.toEqual([]);
    const { output } = await success(platform().all('destroy --yes', { timeoutSeconds: 600 }));
    const order = [...output.matchAll(/(\w+): 0 added, 0 changed, \d+ destroyed/g)].map(([, stack]) => String(stack));
    expect(order.slice(0, 2)).toEqual(['observability', 'compute']);
    expect(order.slice(2, 4).sort()).toEqual(['network', 'registry']);
    expect(await inventory(platform())).toEqual([]);
  });

  it('npm run stop deletes the local cloud', async () => {
    await success(workspace().run('npm run stop'));
    const { stdout } = await workspace().run('npx nightshift local status --json');
    expect(JSON.parse(stdout)).toMatchObject({ running: false });
  });

  it('reports that the local cloud is not running, and how to start it', async () => {
    const { output } = await refusal(platform().one('network', 'redeploy'));
    expect(output).toContain('start it and deploy: npm start');
  });
}
