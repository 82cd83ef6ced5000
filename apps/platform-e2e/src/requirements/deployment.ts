import { CodeDeployClient, GetDeploymentGroupCommand } from '@aws-sdk/client-codedeploy';
import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import type { Platform } from '../harness/platform';

/** R10: the infrastructure of releases. */
export function deployment(platform: () => Platform): void {
  const group = async () => {
    const { of } = platform().names;
    const { deploymentGroupInfo } = await platform()
      .aws(CodeDeployClient)
      .send(
        new GetDeploymentGroupCommand({
          applicationName: of('codedeploy-app'),
          deploymentGroupName: of('codedeploy-group'),
        }),
      );
    return deploymentGroupInfo;
  };

  it('R10.1 CodeDeploy moves the service between two target groups, with a test listener', async () => {
    const info = await group();
    expect(info?.deploymentStyle).toEqual({ deploymentType: 'BLUE_GREEN', deploymentOption: 'WITH_TRAFFIC_CONTROL' });
    const [pair] = info?.loadBalancerInfo?.targetGroupPairInfoList ?? [];
    expect(pair?.targetGroups).toHaveLength(2);
    expect(pair?.prodTrafficRoute?.listenerArns).toHaveLength(1);
    expect(pair?.testTrafficRoute?.listenerArns).toHaveLength(1);
  });

  it('R10.2 traffic shifts as configured, by default in equal steps over ten minutes', async () => {
    const { trafficRouting } = platform().environment.deployment;
    const name = (await group())?.deploymentConfigName;
    const isDefault =
      trafficRouting.type === 'linear' && trafficRouting.percentage === 10 && trafficRouting.intervalMinutes === 1;
    if (isDefault) expect(name).toBe('CodeDeployDefault.ECSLinear10PercentEvery1Minutes');
    else expect(name).toMatch(new RegExp(`^codedeploy-config-.+-${platform().suffix}$`));
  });

  it('R10.3 old tasks stay for the termination wait', async () => {
    expect((await group())?.blueGreenDeploymentConfiguration?.terminateBlueInstancesOnDeploymentSuccess).toEqual({
      action: 'TERMINATE',
      terminationWaitTimeInMinutes: platform().environment.deployment.terminationWaitMinutes,
    });
  });

  it('R10.4 a release rolls back on failure, on a stop request and on alarms that exist', async () => {
    const info = await group();
    expect(info?.autoRollbackConfiguration?.enabled).toBe(true);
    expect([...(info?.autoRollbackConfiguration?.events ?? [])].sort()).toEqual([
      'DEPLOYMENT_FAILURE',
      'DEPLOYMENT_STOP_ON_ALARM',
      'DEPLOYMENT_STOP_ON_REQUEST',
    ]);
    const AlarmNames = (info?.alarmConfiguration?.alarms ?? []).map(({ name }) => String(name));
    expect(AlarmNames.length).toBeGreaterThanOrEqual(3);
    const { MetricAlarms = [] } = await platform()
      .aws(CloudWatchClient)
      .send(new DescribeAlarmsCommand({ AlarmNames }));
    expect(MetricAlarms.map(({ AlarmName }) => AlarmName).sort()).toEqual([...AlarmNames].sort());
  });
}
