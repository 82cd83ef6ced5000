import { CreateRepositoryCommand, DeleteRepositoryCommand, ECRClient } from '@aws-sdk/client-ecr';
import type { Test } from '../harness/lane';
import { Platform } from '../harness/platform';
import { refusal, success } from '../harness/success';
import type { Workspace } from '../harness/workspace';

/** Failures, and the recovery by the next run. */
export function failures(it: Test, workspace: () => Workspace, platform: () => Platform): void {
  it('R0.5 reports resource, construct path, AWS’s message and the fix, and the next deployment succeeds', async () => {
    await workspace().write('environments/taken.yaml', await workspace().read('environments/local.yaml'));
    const taken = new Platform({ workspace: workspace(), configuration: 'taken' }).useEndpoint(
      platform().localEndpoint(),
    );
    await success(taken.nightshift('bootstrap'));
    const repositoryName = taken.names.of('ecr-repository');
    await taken.aws(ECRClient).send(new CreateRepositoryCommand({ repositoryName }));

    const { output } = await refusal(taken.one('registry', 'deploy'));
    expect(output).toMatch(/registry: aws_ecr_repository\.\w+ \(registry\/\w+\/Resource\): .*already exists/);
    expect(output).toContain('delete or import it, or choose another suffix');

    await taken.aws(ECRClient).send(new DeleteRepositoryCommand({ repositoryName }));
    await success(taken.one('registry', 'deploy'));
    await success(taken.one('registry', 'destroy --yes'));
    await success(taken.nightshift('bootstrap --remove'));
  });

  it('reports who holds a state lock and how to remove it', async () => {
    const { bucket } = platform().environment.state;
    const lock = JSON.stringify({
      ID: '00000000-1111-2222-3333-444444444444',
      Operation: 'OperationTypeApply',
      Who: 'night@operator',
      Version: '1.11.4',
      Created: '2026-01-01T00:00:00Z',
      Path: `${bucket}/${platform().suffix}/registry.tfstate`,
    });
    await platform().putObject(`${platform().suffix}/registry.tfstate.tflock`, lock);
    const { output } = await refusal(platform().one('registry', 'redeploy'));
    expect(output).toContain('the state is locked by night@operator since 2026-01-01 00:00:00 UTC');
    const unlock = 'npx nightshift unlock registry 00000000-1111-2222-3333-444444444444 -c local';
    expect(output).toContain(`if it crashed, unlock the state: ${unlock}`);
    await success(workspace().run(unlock));
    await success(platform().one('registry', 'redeploy'));
  });

  it('ignores shell variables that would change what Terraform does, and lists them', async () => {
    const env = { TF_CLI_ARGS_init: '-backend-config=key=team/app.tfstate', TF_CLI_ARGS_plan: '-destroy' };
    const { output } = await success(platform().one('registry', 'plan', { env }));
    expect(output).toContain(
      'TF_CLI_ARGS_init, TF_CLI_ARGS_plan: ignored, because variables must not change what Terraform does',
    );
    expect(output).toContain('registry: no changes');
  });

  it('reports that the state bucket is missing, and how to create it', async () => {
    await workspace().write('environments/homeless.yaml', await workspace().read('environments/local.yaml'));
    const { output } = await refusal(workspace().run('npx nx run-many -t deploy -c homeless'));
    expect(output).toContain('s3-tfstate-nightshift-homeless does not exist');
    expect(output).toContain('npx nightshift bootstrap -c homeless');
  });
}
