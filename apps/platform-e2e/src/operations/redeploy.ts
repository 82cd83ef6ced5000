import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { Platform } from '../harness/platform';
import { refusal, success } from '../harness/success';
import type { Workspace } from '../harness/workspace';

/** R0.5: one stack alone. */
export function redeploy(workspace: () => Workspace, platform: () => Platform): void {
  const serialOf = async (stack: string): Promise<number> => {
    const { Body } = await platform()
      .aws(S3Client)
      .send(
        new GetObjectCommand({
          Bucket: platform().environment.state.bucket,
          Key: `${platform().suffix}/${stack}.tfstate`,
        }),
      );
    return (JSON.parse(String(await Body?.transformToString())) as { serial: number }).serial;
  };

  it('R0.5 deploys a change of one stack without changing the others', async () => {
    const changed = ['observability'];
    const others = (await workspace().stacks()).filter((stack) => !changed.includes(stack));
    const serials = async () => await Promise.all([...others, ...changed].map(serialOf));
    const before = await serials();
    await workspace().edit(
      'environments/local.yaml',
      (text) => `${text}alarms: { cpuUtilization: { threshold: 80 } }\n`,
    );
    const { output } = await success(platform().one('observability', 'redeploy'));
    expect(output).toContain('observability: 0 added, 2 changed, 0 destroyed');
    const after = await serials();
    expect(after.slice(0, -1)).toEqual(before.slice(0, -1));
    expect(after.at(-1)).toBeGreaterThan(Number(before.at(-1)));
    const again = await success(platform().one('observability', 'redeploy'));
    expect(again.output).toContain('observability: up to date since');
    const refreshed = await success(platform().one('observability', 'redeploy --refresh'));
    expect(refreshed.output).toContain('observability: no changes');
  });

  it('R0.5 reports the missing value, its stack, and the command that publishes it', async () => {
    await workspace().write('environments/lonely.yaml', await workspace().read('environments/local.yaml'));
    await success(workspace().run('npx nightshift bootstrap -c lonely'));
    const { output } = await refusal(workspace().run('npx nx run compute:redeploy -c lonely'));
    expect(output).toContain('vpc_id');
    expect(output).toContain('which is not deployed - deploy it first: npx nx run network:deploy -c lonely');
    await success(workspace().run('npx nightshift bootstrap -c lonely --remove'));
  });
}
