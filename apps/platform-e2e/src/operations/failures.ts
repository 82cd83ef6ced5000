import type { Platform } from '../harness/platform';
import { refusal, success } from '../harness/success';
import type { Workspace } from '../harness/workspace';

/** A certificate that AWS does not know. */
const MISSING_CERTIFICATE =
  'loadBalancer: { listener: { protocol: HTTPS, certificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/00000000-0000-0000-0000-000000000000" } }\n';

/** What AWS refuses, and what the next run makes of it. */
export function failures(workspace: () => Workspace, platform: () => Platform): void {
  it('names resource, construct path and AWS’s message, and the next deployment goes on', async () => {
    const before = await workspace().read('environments/local.yaml');
    await workspace().edit('environments/local.yaml', (text) => text + MISSING_CERTIFICATE);
    const { output } = await refusal(platform().all('deploy'));
    expect(output).toMatch(/compute: aws_lb_listener\.\w+ \(compute\/[\w/]+\): .*[Cc]ertificate/);

    await workspace().write('environments/local.yaml', before);
    await success(platform().all('deploy'));
  });

  it('says who holds the lock of a state and how to free it', async () => {
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
    expect(output).toContain('force-unlock 00000000-1111-2222-3333-444444444444');
    await platform().deleteObject(`${platform().suffix}/registry.tfstate.tflock`);
  });

  it('says that the state bucket is missing and how to create it', async () => {
    await workspace().write('environments/homeless.yaml', await workspace().read('environments/local.yaml'));
    const { output } = await refusal(workspace().run('npx nx run-many -t deploy -c homeless'));
    expect(output).toContain('s3-tfstate-nightshift-homeless does not exist');
    expect(output).toContain('npx nightshift bootstrap -c homeless');
  });
}
