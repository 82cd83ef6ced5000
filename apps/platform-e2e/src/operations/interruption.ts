import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { inventory } from '../harness/inventory';
import { Platform } from '../harness/platform';
import { success } from '../harness/success';
import type { Workspace } from '../harness/workspace';

/** Ctrl-C in the middle of a deployment. */
export function interruption(workspace: () => Workspace, local: () => Platform): void {
  let platform: Platform;

  const locks = async () => {
    const { Contents = [] } = await platform
      .aws(S3Client)
      .send(new ListObjectsV2Command({ Bucket: platform.environment.state.bucket }));
    return Contents.map(({ Key = '' }) => Key).filter((key) => key.endsWith('.tflock'));
  };

  it('stops cleanly, leaves no lock, and the next deployment goes on', async () => {
    await workspace().write('environments/halted.yaml', await workspace().read('environments/local.yaml'));
    platform = new Platform({ workspace: workspace(), configuration: 'halted' }).useEndpoint(local().endpointUrl());
    await success(platform.nightshift('bootstrap'));

    const { exitCode, output } = await platform.all('deploy', { interruptWhen: /aws_vpc\.\w+ .*created/ });
    expect({ exitCode, output }).not.toMatchObject({ exitCode: 0 });
    await waitFor(async () => (await locks()).length === 0);

    await success(platform.all('deploy', { timeoutSeconds: 600 }));
    await success(platform.all('destroy', { timeoutSeconds: 600 }));
    expect(await inventory(platform)).toEqual([]);
    await success(platform.nightshift('bootstrap --remove'));
  });
}

/** Nx does not wait for its tasks after Ctrl-C, so that the command may end before Terraform has put its lock away. */
async function waitFor(condition: () => Promise<boolean>): Promise<void> {
  for (let second = 0; second < 60; second += 1) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  throw new Error('still not so after 60 s');
}
