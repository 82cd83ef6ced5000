import { sdkError } from '@nightshift/testing/aws';
import { BLUE_GROUP, GREEN_GROUP, revisionArn, taskSet } from '../testing/fake-ecs';
import { FakePlatform } from '../testing/fake-platform';
import { balancerInUse, portsInUse } from './running-service';

describe('portsInUse', () => {
  const platform = new FakePlatform();
  const behind = (group: string, containerPort: number) => [
    { targetGroupArn: group, containerName: 'batch-processor', containerPort },
  ];
  const run = (...taskSets: object[]) => {
    platform.ecs.service = { status: 'ACTIVE', taskSets };
  };
  const blue = taskSet('ecs-svc/1', 'PRIMARY', revisionArn(1), BLUE_GROUP);
  const green = taskSet('ecs-svc/2', 'ACTIVE', revisionArn(2), GREEN_GROUP);
  const ports = () => portsInUse(platform.context);

  it('returns those of all task sets with tasks, during a release too', async () => {
    run({ ...blue, runningCount: 3 }, { ...green, computedDesiredCount: 3, loadBalancers: behind(GREEN_GROUP, 9090) });
    expect(await ports()).toEqual([8080, 9090]);
    run({ ...blue, runningCount: 3 }, { ...green, runningCount: 3 });
    expect(await ports()).toEqual([8080]);
  });

  it('returns none without tasks, or without a load balancer', async () => {
    run({ ...blue, computedDesiredCount: 0, runningCount: 0 }, { loadBalancers: behind(BLUE_GROUP, 8080) });
    expect(await ports()).toEqual([]);
    run({ runningCount: 3 });
    expect(await ports()).toEqual([]);
    platform.ecs.service = { status: 'ACTIVE' };
    expect(await ports()).toEqual([]);
  });

  it('returns none before the first deployment', async () => {
    platform.ecs.service = undefined;
    expect(await ports()).toEqual([]);
    platform.ecs.clusterExists = false;
    expect(await ports()).toEqual([]);
  });

  it('returns undefined if AWS does not return them', async () => {
    platform.fail('DescribeServices', sdkError('AccessDeniedException'));
    await expect(ports()).rejects.toThrow('AccessDeniedException');
  });
});

describe('balancerInUse', () => {
  const inUse = ({ context }: FakePlatform) => balancerInUse(context);
  const blue = { ...taskSet('ecs-svc/1', 'ACTIVE', revisionArn(1), BLUE_GROUP), runningCount: 3 };
  const green = { ...taskSet('ecs-svc/2', 'PRIMARY', revisionArn(2), GREEN_GROUP), runningCount: 3 };
  const running = (...taskSets: object[]) => {
    const platform = new FakePlatform();
    platform.ecs.service = { status: 'ACTIVE', taskSets };
    return platform;
  };

  it('returns the scheme, and the target groups with tasks, that of the primary task set first', async () => {
    const platform = running(blue, green);
    expect(await inUse(platform)).toEqual({
      name: 'alb-test',
      newTargetGroup: 'tg-blue-test',
      scheme: 'internet-facing',
      targetGroups: ['tg-green-test', 'tg-blue-test'],
    });
    platform.balancer = { Scheme: 'internal' };
    platform.ecs.service = {
      status: 'ACTIVE',
      taskSets: [green, { ...blue, computedDesiredCount: 0, runningCount: 0 }],
    };
    expect(await inUse(platform)).toMatchObject({ scheme: 'internal', targetGroups: ['tg-green-test'] });
  });

  it('returns undefined without tasks, without a service, and without a load balancer', async () => {
    expect(await inUse(running({ runningCount: 3 }))).toBeUndefined();
    const platform = running();
    expect(await inUse(platform)).toBeUndefined();
    platform.ecs.service = { status: 'ACTIVE' };
    expect(await inUse(platform)).toBeUndefined();
    platform.ecs.service = undefined;
    expect(await inUse(platform)).toBeUndefined();
    const gone = running(blue);
    gone.fail('DescribeLoadBalancers', sdkError('LoadBalancerNotFoundException'));
    expect(await inUse(gone)).toBeUndefined();
    gone.balancer = undefined;
    expect(await inUse(gone)).toMatchObject({ scheme: 'internet-facing' });
  });

  it('rethrows other errors of AWS', async () => {
    const platform = running(blue);
    platform.fail('DescribeLoadBalancers', sdkError('AccessDenied', 'not authorized'));
    await expect(inUse(platform)).rejects.toThrow('not authorized');
  });
});
