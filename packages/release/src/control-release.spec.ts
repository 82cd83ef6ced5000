import { sdkError } from '@nightshift/testing/aws';
import { BLUE_GROUP, revisionArn, taskSet } from './testing/fake-ecs';
import { FakePlatform } from './testing/fake-platform';
import { promoteRelease, stopRelease } from './control-release';

function setUp(
  status: 'InProgress' | 'Ready' | 'Succeeded',
  lifecycleStatus: 'InProgress' | 'Succeeded' = 'Succeeded',
) {
  const platform = new FakePlatform();
  platform.codedeploy.add({ status });
  platform.codedeploy.target = { lifecycleEvents: [{ lifecycleEventName: 'AllowTraffic', status: lifecycleStatus }] };
  return platform;
}

describe('stopRelease and promoteRelease', () => {
  it('stops a deployment and starts its rollback', async () => {
    const platform = setUp('InProgress');
    await stopRelease(platform.context, 'd-1');
    expect(platform.codedeploy.requests).toEqual(['stop d-1, roll back: true']);
  });

  it('refuses to stop or promote an ended release', async () => {
    const { context } = setUp('Succeeded');
    const message =
      'deployment d-1: the deployment has already ended - see past releases: npx nightshift release history -c test';
    await expect(stopRelease(context, 'd-1')).rejects.toThrow(message);
    await expect(promoteRelease(context, 'd-1')).rejects.toThrow(message);
  });

  it('rethrows other errors of CodeDeploy', async () => {
    const platform = setUp('InProgress');
    platform.fail('StopDeployment', sdkError('AccessDeniedException', 'not authorized'));
    await expect(stopRelease(platform.context, 'd-1')).rejects.toThrow('not authorized');
  });

  it('ends the termination wait (R10.3)', async () => {
    const platform = setUp('InProgress');
    await promoteRelease(platform.context, 'd-1');
    expect(platform.codedeploy.requests).toEqual(['continue d-1: TERMINATION_WAIT']);
  });

  it('ends the wait for a test, such as in a deployment of another client', async () => {
    const platform = setUp('Ready', 'InProgress');
    platform.codedeploy.target = {
      lifecycleEvents: [{ lifecycleEventName: 'BeforeAllowTraffic', status: 'Pending' }],
    };
    expect(await promoteRelease(platform.context, 'd-1')).toBe('READY_WAIT');
    expect(platform.codedeploy.requests).toEqual(['continue d-1: READY_WAIT']);
  });

  it('refuses after the termination wait', async () => {
    const platform = setUp('InProgress');
    platform.ecs.service = { taskSets: [taskSet('ecs-svc/1', 'DRAINING', revisionArn(1), BLUE_GROUP)] };
    platform.codedeploy.target = {
      ...platform.codedeploy.target,
      taskSetsInfo: [{ identifer: 'ecs-svc/1', taskSetLabel: 'Blue' }],
    };
    await expect(promoteRelease(platform.context, 'd-1')).rejects.toThrow(
      'deployment d-1: the termination wait is over, the old tasks are stopping, got terminating, 0 % of the traffic shifted - watch it: npx nightshift release watch -c test',
    );
  });

  it('reports that there is no termination wait', async () => {
    const platform = setUp('InProgress', 'InProgress');
    await expect(promoteRelease(platform.context, 'd-1')).rejects.toThrow(
      'deployment d-1: there is no termination wait yet: it starts when all traffic is on the new tasks, got shifting, 0 % of the traffic shifted - watch it: npx nightshift release watch -c test',
    );
  });
});
