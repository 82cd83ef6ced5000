import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Test } from '../harness/lane';
import { success } from '../harness/success';
import type { Workspace } from '../harness/workspace';

const CDKTF = 'npx --yes cdktf-cli@0.21.0';

/** The upstream command works with the same app; it is not a dependency of the workspace. */
export function cdktfCli(it: Test, workspace: () => Workspace): void {
  it('cdktf list and cdktf synth find all stacks', async () => {
    const listed = await success(workspace().run(`${CDKTF} list`, { timeoutSeconds: 600 }));
    const synthesized = await success(workspace().run(`${CDKTF} synth`));
    for (const stack of await workspace().stacks()) {
      expect(listed.output).toContain(stack);
      expect(synthesized.output).toContain(stack);
    }
  });

  it('cdktf diff plans a stack', async () => {
    const env = await mirrorOf(workspace());
    // Without the provider lock, whose Terraform command does not support mirrors.
    const diff = `${CDKTF} diff network --skip-provider-lock`;
    const { output } = await success(workspace().run(`npx nightshift local exec -- ${diff}`, { env }));
    expect(output).toContain('No changes');
  });
}

/** The CLI configuration of the provider mirror that `nightshift` has found; undefined for the registry. */
async function mirrorOf({ directory }: Workspace): Promise<Record<string, string>> {
  const folder = join(directory, '.nightshift', 'terraform');
  const file = (await readdir(folder)).find((name) => name.endsWith('.tfrc'));
  return file === undefined ? {} : { TF_CLI_CONFIG_FILE: join(folder, file) };
}
