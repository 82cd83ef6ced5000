import { success } from '../harness/success';
import type { Workspace } from '../harness/workspace';

const CDKTF = 'npx --yes cdktf-cli@0.21.0';

/** The upstream command works on the same app; it is no dependency of the workspace. */
export function cdktfCli(workspace: () => Workspace): void {
  it('cdktf list and cdktf synth find the four stacks', async () => {
    const listed = await success(workspace().run(`${CDKTF} list`, { timeoutSeconds: 600 }));
    const synthesized = await success(workspace().run(`${CDKTF} synth`));
    for (const stack of ['network', 'registry', 'compute', 'observability']) {
      expect(listed.output).toContain(stack);
      expect(synthesized.output).toContain(stack);
    }
  });

  it('cdktf diff plans a stack', async () => {
    const { output } = await success(workspace().run(`npx nightshift local exec -- ${CDKTF} diff network`));
    expect(output).toContain('No changes');
  });
}
