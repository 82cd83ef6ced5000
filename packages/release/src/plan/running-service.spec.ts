import { sdkError } from '@nightshift/testing/aws';
import { BLUE_GROUP, GREEN_GROUP, revisionArn, taskSet } from '../testing/fake-ecs';
import { FakePlatform } from '../testing/fake-platform';
import { portsInUse } from './running-service';

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

  it('are those of all task sets with tasks, a release under way included', async () => {
    run({ ...blue, runningCount: 3 }, { ...green, computedDesiredCount: 3, loadBalancers: behind(GREEN_GROUP, 9090) });
    expect(await ports()).toEqual([8080, 9090]);
    run({ ...blue, runningCount: 3 }, { ...green, runningCount: 3 });
    expect(await ports()).toEqual([8080]);
  });

  it('are none where no task is, or none behind the load balancer', async () => {
    run({ ...blue, computedDesiredCount: 0, runningCount: 0 }, { loadBalancers: behind(BLUE_GROUP, 8080) });
    expect(await ports()).toEqual([]);
    run({ runningCount: 3 });
    expect(await ports()).toEqual([]);
    platform.ecs.service = { status: 'ACTIVE' };
    expect(await ports()).toEqual([]);
  });

  it('are none before the first deployment', async () => {
    platform.ecs.service = undefined;
    expect(await ports()).toEqual([]);
    platform.ecs.clusterExists = false;
    expect(await ports()).toEqual([]);
  });

  it('are unknown if AWS does not return them', async () => {
    platform.fail('DescribeServices', sdkError('AccessDeniedException'));
    await expect(ports()).rejects.toThrow('AccessDeniedException');
  });
});
