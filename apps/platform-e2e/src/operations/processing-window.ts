import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { only } from '../harness/only';
import type { Platform } from '../harness/platform';
import { refusal, success } from '../harness/success';
import type { Workspace } from '../harness/workspace';

const FILE = 'environments/local.yaml';
const MINUTE = 60_000;

/** R14.2: refused actions during a processing window. */
export function processingWindow(workspace: () => Workspace, platform: () => Platform): void {
  let usual: string;

  beforeAll(async () => {
    usual = await workspace().read(FILE);
    const clock = (minutes: number) => new Date(Date.now() + minutes * MINUTE).toISOString().slice(11, 16);
    const window = `{ name: night, from: '${clock(-60)}', to: '${clock(180)}', timeZone: UTC }`;
    await workspace().write(FILE, `${usual}\nprocessingWindows: [${window}]\n`);
  });

  afterAll(async () => {
    await workspace().write(FILE, usual);
  });

  it('R14.2 refuses destroy', async () => {
    const { output } = await refusal(platform().all('destroy --yes'));
    expect(output).toMatch(
      /nightshift destroy observability: processing window night is open until .* UTC \(in \d h \d+ min\)/,
    );
  });

  it('R14.2 allows commands that change nothing', async () => {
    await workspace().edit(FILE, (text) => text.replace('threshold: 80', 'threshold: 81'));
    const { output } = await success(platform().one('observability', 'redeploy'));
    expect(output).toContain('observability: 0 added, 2 changed, 0 destroyed');
  });

  it('R14.2 refuses a disturbing deploy, and allows it with an override whose reason is recorded', async () => {
    await workspace().edit(FILE, (text) => `${text}loadBalancer: { allowedCidrs: [10.0.0.0/8] }\n`);
    const { output } = await refusal(platform().one('network', 'redeploy'));
    expect(output).toContain('and this would disturb it, got');
    expect(output).toContain('override the window with --during-window "<reason>"');

    await success(platform().one('network', 'redeploy --during-window=attack'));
    const { bucket: Bucket } = platform().environment.state;
    const s3 = platform().aws(S3Client);
    const { Contents } = await s3.send(
      new ListObjectsV2Command({ Bucket, Prefix: `${platform().suffix}/during-window/` }),
    );
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: String(only(Contents).Key) }));
    expect(JSON.parse(String(await Body?.transformToString()))).toMatchObject({
      verb: 'redeploy',
      stack: 'network',
      window: 'night',
      reason: 'attack',
    });
  });

  it('R14.2 allows everything again after the window is removed from the file', async () => {
    await workspace().write(FILE, usual);
    await success(platform().all('deploy', { timeoutSeconds: 600 }));
  });
}
