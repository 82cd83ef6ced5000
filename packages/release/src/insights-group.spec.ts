import { sdkError } from '@nightshift/testing/aws';
import { strayInsightsGroup, sweepInsightsGroup } from './insights-group';
import { FakePlatform } from './testing/fake-platform';

const NAME = '/aws/ecs/containerinsights/ecs-cluster-test/performance';

describe('the log group of Container Insights', () => {
  let platform: FakePlatform;
  beforeEach(() => {
    platform = new FakePlatform();
  });

  const inState = (...names: string[]) => {
    const instances = names.map((name) => ({ attributes: { name } }));
    const resources = [
      { type: 'aws_vpc', instances: [{ attributes: {} }] },
      { type: 'aws_cloudwatch_log_group', instances },
    ];
    platform.bucket.put('test/compute.tfstate', { resources });
  };

  it('is adopted if it is not in the state of Terraform (R0.10)', async () => {
    const stray = () => strayInsightsGroup(platform.context);
    expect(await stray()).toBeUndefined();
    platform.logGroups.add(`${NAME}-2`);
    expect(await stray()).toBeUndefined();
    platform.logGroups.add(NAME);
    expect(await stray()).toBe(NAME);
    inState('log-group-exec-test');
    expect(await stray()).toBe(NAME);
    inState('log-group-exec-test', NAME);
    expect(await stray()).toBeUndefined();
  });

  it('is deleted again for three minutes after its cluster (R0.10)', async () => {
    platform.clock.onSleep = () => {
      if (platform.clock.now().getTime() === Date.parse('2026-11-24T10:01:00Z')) platform.logGroups.add(NAME);
    };
    expect(await sweepInsightsGroup(platform.context, true)).toBe(true);
    expect(platform.logGroups.size).toBe(0);
    expect(platform.clock.now()).toEqual(new Date('2026-11-24T10:03:00Z'));
  });

  it('is deleted once if the cluster was deleted earlier, until the user interrupts', async () => {
    expect(await sweepInsightsGroup(platform.context, false)).toBe(false);
    expect(await sweepInsightsGroup(platform.context, true, AbortSignal.abort())).toBe(false);
    expect(platform.clock.now()).toEqual(new Date('2026-11-24T10:00:00Z'));
  });

  it('rethrows any other error', async () => {
    platform.fail('DeleteLogGroup', sdkError('AccessDeniedException'));
    await expect(sweepInsightsGroup(platform.context, false)).rejects.toThrow('AccessDeniedException');
  });
});
