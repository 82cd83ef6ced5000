import { DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import type { AlarmConfiguration } from '@aws-sdk/client-codedeploy';
import type { ReleasePlan } from '../planning/plan-release';
import type { ReleaseContext } from '../release-context';

/**
 * The gates of a rollback. CodeDeploy stops a deployment as soon as one of its alarms fires, which it does when the version that runs is
 * bad: just then a rollback is needed. So it goes on with the gates that do not fire; a release always has all of them.
 * https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_CreateDeployment.html
 * @returns undefined: those of the deployment group.
 */
export async function alarmOverride(
  { clients }: Pick<ReleaseContext, 'clients'>,
  {
    kind,
    settings: { gates },
  }: Pick<ReleasePlan, 'kind'> & { readonly settings: Pick<ReleasePlan['settings'], 'gates'> },
): Promise<AlarmConfiguration | undefined> {
  if (kind === 'release' || gates.length === 0) return undefined;
  const { MetricAlarms = [] } = await clients.cloudwatch.send(new DescribeAlarmsCommand({ AlarmNames: [...gates] }));
  const firing = MetricAlarms.filter(({ StateValue }) => StateValue === 'ALARM').map(({ AlarmName }) => AlarmName);
  if (firing.length === 0) return undefined;
  const quiet = gates.filter((name) => !firing.includes(name)).map((name) => ({ name }));
  return quiet.length === 0 ? { enabled: false } : { enabled: true, ignorePollAlarmFailure: false, alarms: quiet };
}
