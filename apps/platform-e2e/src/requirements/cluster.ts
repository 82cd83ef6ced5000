import { DescribeClustersCommand, ECSClient } from '@aws-sdk/client-ecs';
import { only } from '../harness/only';
import type { Platform } from '../harness/platform';

/** R3: cluster. */
export function cluster(platform: () => Platform): void {
  const described = async () => {
    const { clusters } = await platform()
      .aws(ECSClient)
      .send(
        new DescribeClustersCommand({
          clusters: [platform().names.of('ecs-cluster')],
          include: ['SETTINGS', 'CONFIGURATIONS', 'TAGS'],
        }),
      );
    return only(clusters);
  };

  it('R3.1 Container Insights is on, with enhanced observability', async () => {
    expect((await described()).settings).toContainEqual({ name: 'containerInsights', value: 'enhanced' });
  });

  it('R3.2 tasks run on FARGATE and FARGATE_SPOT', async () => {
    const { capacityProviders } = await described();
    expect([...(capacityProviders ?? [])].sort()).toEqual(['FARGATE', 'FARGATE_SPOT']);
  });

  it('R3.3 ECS Exec sessions are encrypted with a customer managed key and logged', async () => {
    expect((await described()).configuration?.executeCommandConfiguration).toMatchObject({
      kmsKeyId: expect.stringContaining(':key/') as string,
      logging: 'OVERRIDE',
      logConfiguration: {
        cloudWatchEncryptionEnabled: true,
        cloudWatchLogGroupName: platform().names.of('log-group', 'exec'),
      },
    });
  });
}
