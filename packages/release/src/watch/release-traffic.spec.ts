import { sdkError } from '@nightshift/testing/aws';
import { GREEN_GROUP, revisionArn, taskSet } from '../testing/fake-ecs';
import { FakePlatform } from '../testing/fake-platform';
import { at, observationFixture } from '../testing/observation-fixture';
import { releaseTraffic } from './release-traffic';

const lifecycle = [{ name: 'AllowTraffic', status: 'Succeeded', startedAt: at(200) }];

const green = { ...taskSet('ecs-svc/2', 'PRIMARY', revisionArn(2), GREEN_GROUP), externalId: 'd-1' };

const observation = observationFixture({ service: { taskSets: [green] }, time: at(900) });

describe('releaseTraffic (R10.4)', () => {
  it('sums the requests of the new version and the errors of the load balancer', async () => {
    const { context, metrics } = new FakePlatform();
    Object.assign(metrics, { requests: [40, 2], failed: [1], balancer: undefined });
    expect(await releaseTraffic(context, observation, { lifecycle })).toEqual({
      requests: 42,
      failed: 1,
      balancerErrors: 0,
    });
  });

  it('reads whole periods of the target group, without the test requests, page by page', async () => {
    const { context } = new FakePlatform();
    const asked: Record<string, unknown>[] = [];
    const cloudwatch = {
      send: ({ input }: { input: Record<string, unknown> }) => {
        asked.push(input);
        const page = { MetricDataResults: [{ Id: 'requests', Values: [asked.length] }] };
        return Promise.resolve(asked.length === 1 ? { ...page, NextToken: 'more' } : page);
      },
    };
    const clients = { ...context.clients, cloudwatch } as unknown as typeof context.clients;
    const traffic = await releaseTraffic({ ...context, clients }, observation, { lifecycle });
    expect(traffic).toEqual({ requests: 3, failed: 0, balancerErrors: 0 });
    expect(asked).toMatchObject([
      { StartTime: at(240), EndTime: at(900), NextToken: undefined },
      { NextToken: 'more' },
    ]);
    const over = observationFixture({ service: { taskSets: [green] } }, { completeTime: at(1190) });
    await releaseTraffic({ ...context, clients }, over, { lifecycle });
    expect(asked.at(-1)).toMatchObject({ EndTime: at(1200) });
    expect(asked[0]?.['MetricDataQueries']).toMatchObject([
      {
        Id: 'requests',
        MetricStat: {
          Period: 60,
          Stat: 'Sum',
          Metric: {
            MetricName: 'RequestCount',
            Dimensions: [
              { Name: 'LoadBalancer', Value: 'app/alb-test/1' },
              { Name: 'TargetGroup', Value: GREEN_GROUP.split(':')[5] },
            ],
          },
        },
      },
      { MetricStat: { Metric: { MetricName: 'HTTPCode_Target_5XX_Count' } } },
      { MetricStat: { Metric: { MetricName: 'HTTPCode_ELB_5XX_Count', Dimensions: [{ Name: 'LoadBalancer' }] } } },
    ]);
  });

  it('is undefined before traffic moves, without the new task set, and without an answer', async () => {
    const platform = new FakePlatform();
    expect(await releaseTraffic(platform.context, observation, { lifecycle: [] })).toBeUndefined();
    expect(await releaseTraffic(platform.context, observationFixture(), { lifecycle })).toBeUndefined();
    platform.fail('GetMetricData', sdkError('AccessDeniedException', 'not authorized'));
    expect(await releaseTraffic(platform.context, observation, { lifecycle })).toBeUndefined();
    platform.fail('GetMetricData', new TypeError('x is undefined'));
    await expect(releaseTraffic(platform.context, observation, { lifecycle })).rejects.toThrow('x is undefined');
  });
});
