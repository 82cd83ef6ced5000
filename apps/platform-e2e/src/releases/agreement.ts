import type { Platform } from '../harness/platform';
import type { Releases } from '../harness/releases';
import { success } from '../harness/success';
import type { Workspace } from '../harness/workspace';

const FILE = 'environments/local.yaml';
const NEEDED = '! a release is needed';

/** The hand-off between Terraform and releases: plan and deploy report the changes that need a release. */
export function agreement(workspace: () => Workspace, platform: () => Platform, releases: Releases): void {
  it('R10.5, R5.2 lists the changes that only a release can apply, and its command', async () => {
    const before = await workspace().read(FILE);
    await workspace().edit(
      FILE,
      (text) =>
        `${text}container: { environment: { TRIAL: agreement } }\nservice: { capacity: { spotWeight: 60, onDemandWeight: 40 } }\n`,
    );
    const planned = await success(platform().one('compute', 'plan'));
    expect(planned.output).toContain(`${NEEDED} after the deploy: npx nx run compute:release -c local`);
    expect(planned.output).toContain('capacity: FARGATE 30, FARGATE_SPOT 70 → FARGATE 40, FARGATE_SPOT 60');
    const deployed = await success(platform().one('compute', 'redeploy'));
    expect(deployed.output).toContain('environment TRIAL: none → agreement');
    const forgotten = await success(platform().one('compute', 'plan --detailed-exitcode'));
    expect(forgotten.output).toContain(`${NEEDED}: npx nx run compute:release -c local`);

    await success(releases.release('--yes'));
    const agreed = await success(platform().one('compute', 'plan --detailed-exitcode'));
    expect(agreed.output).not.toContain(NEEDED);
    expect((await releases.primary()).capacityProviderStrategy).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ capacityProvider: 'FARGATE_SPOT', weight: 60 }),
        expect.objectContaining({ capacityProvider: 'FARGATE', weight: 40 }),
      ] as unknown[]),
    );

    await workspace().write(FILE, before);
    // The next release applies it.
    await success(platform().one('compute', 'redeploy'));
  });
}
