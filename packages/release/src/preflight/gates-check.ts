import { DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { findingOf, type Check } from './check';
import type { Surroundings } from './surroundings';

/**
 * The alarms that stop a release are there, watched by CodeDeploy, and none has a reason to already (R10.4). To a rollback such a reason is
 * no hindrance: it is why it is made.
 */
export function gatesCheck({ wish, deploymentGroup, clients, commands, environment }: Surroundings): Check {
  return {
    title: 'gates',
    look: async () => {
      const { enabled = false, alarms = [] } = (await deploymentGroup()).alarmConfiguration ?? {};
      const names = alarms.map(({ name }) => String(name));
      const deploy = commands.nxRun('compute', 'deploy');
      if (!enabled || names.length === 0) {
        return { mark: 'NG', detail: 'CodeDeploy watches no alarm', remedy: `bring them back: ${deploy}` };
      }
      const { MetricAlarms = [] } = await clients.cloudwatch.send(new DescribeAlarmsCommand({ AlarmNames: names }));
      const missing = names.filter((name) => !MetricAlarms.some(({ AlarmName }) => AlarmName === name));
      const firing = MetricAlarms.filter(({ StateValue }) => StateValue === 'ALARM');
      const inAlarm = firing.map(
        ({ AlarmName, StateReason }) => `${String(AlarmName)} is in ALARM: ${String(StateReason)}`,
      );
      if (wish.kind === 'rollback' && missing.length === 0 && firing.length > 0) {
        return { mark: 'OK', detail: `${inAlarm.join('; ')}; a rollback goes on with the others` };
      }
      const problems = [...missing.map((name) => `there is no alarm ${name}`), ...inAlarm];
      const why = `aws cloudwatch describe-alarm-history --alarm-name ${String(firing[0]?.AlarmName)} --region ${environment.region}`;
      const remedies = [
        ...(missing.length === 0 ? [] : [`bring it back: ${deploy}`]),
        ...(firing.length === 0 ? [] : [`mend what it tells of, CodeDeploy would refuse the release: ${why}`]),
      ];
      return findingOf(problems, `${String(names.length)} alarms, none in ALARM`, remedies.join('; '));
    },
  };
}
