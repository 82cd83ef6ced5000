import type { Test } from '../harness/lane';
import { refusal } from '../harness/success';
import type { Workspace } from '../harness/workspace';

/** One message, exit code 1, nothing changed. */
export function badInput(it: Test, workspace: () => Workspace): void {
  it('reports all problems of an environment file at once', async () => {
    await workspace().write(
      'environments/wrong.yaml',
      'cloud: local\ntags: { Project: Nightshift }\ntask: { cpu: 300 }\nnetwork: { cidr: 10.0.0.0/28, colour: red }\n',
    );
    const { output } = await refusal(workspace().run('npx nightshift synth -c wrong'));
    for (const key of ['tags.CostCenter', 'task.cpu', 'network.colour']) {
      expect(output).toContain(`environments/wrong.yaml: ${key}`);
    }
    await workspace().delete('environments/wrong.yaml');
  });

  it('lists the environments if one is unknown', async () => {
    const { output } = await refusal(workspace().run('npx nightshift deploy network -c nowhere'));
    expect(output).toContain('nowhere');
    expect(output).toContain('dev, ');
  });

  it('refuses an unknown Nx configuration before it deploys anything', async () => {
    const { output, exitCode } = await workspace().run('npx nx run-many -t deploy -c nowhere');
    expect({ output, exitCode }).toMatchObject({ exitCode: 1 });
    expect(output).toContain('nowhere');
  });
}
