import { GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import {
  GetAWSDefaultServiceQuotaCommand,
  GetServiceQuotaCommand,
  type MetricInfo,
  type ServiceQuota,
} from '@aws-sdk/client-service-quotas';
import { deniedAction, isAboutAws, isAnswer } from '../aws-answers';
import type { Finding } from '../preflight/checklist';
import type { ReleaseClients } from '../release-context';
import { awsCommand, type ReleaseTarget } from '../target';
import type { QuotaNeed } from './quota-needs';

/** Usage is published every minute, a few minutes late. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-Usage-Metrics.html */
const LATELY_MINUTES = 15;

/** The usage of a quota outside this environment, by the usage metric of the quota if it has one. */
export type UsedByOthers = (quota: ServiceQuota) => Promise<number>;

/** Whether the quota covers this environment in addition to everything else in the account. A quota that cannot be read is skipped. */
export async function quotaFinding(
  { servicequotas }: Pick<ReleaseClients, 'servicequotas'>,
  need: QuotaNeed,
  environment: ReleaseTarget['environment'],
  usedByOthers: UsedByOthers,
): Promise<Finding> {
  try {
    const quota = await serviceQuota(servicequotas, need);
    if (quota?.Value === undefined) return { mark: 'SKIP', detail: 'not known: AWS gives no value' };
    return compareWithQuota(need, quota.Value, await usedByOthers(quota), environment);
  } catch (error) {
    if (!isAboutAws(error)) throw error;
    const action = deniedAction(error);
    const reason = action === undefined ? `${error.name}: ${error.message}` : `AWS does not allow ${action}`;
    return { mark: 'SKIP', detail: `not known: ${reason}` };
  }
}

function compareWithQuota(
  need: QuotaNeed,
  value: number,
  others: number,
  environment: ReleaseTarget['environment'],
): Finding {
  const { unit, certain, certainFor, possible, possibleFor, sufficient, serviceCode, quotaCode } = need;
  const describe = (what: string, count: number) =>
    `${String(value)} ${unit}, ${String(count)} needed for ${what}${others > 0 ? `, ${String(others)} used by others` : ''}`;
  const desired = Math.ceil(sufficient + others);
  const quota = `--service-code ${serviceCode} --quota-code ${quotaCode} --desired-value ${String(desired)}`;
  const remedy = `request more: ${awsCommand(environment, `service-quotas request-service-quota-increase ${quota}`)}`;
  if (certain + others > value) return { mark: 'FAIL', detail: describe(certainFor, certain), remedy };
  if (possible + others > value) return { mark: 'WARN', detail: describe(possibleFor, possible), remedy };
  return { mark: 'OK', detail: describe(certainFor, certain) };
}

/** A quota that was never changed may only have a default value. */
async function serviceQuota(
  client: ReleaseClients['servicequotas'],
  { serviceCode: ServiceCode, quotaCode: QuotaCode }: QuotaNeed,
): Promise<ServiceQuota | undefined> {
  try {
    return (await client.send(new GetServiceQuotaCommand({ ServiceCode, QuotaCode }))).Quota;
  } catch (error) {
    if (!isAnswer(error, 'NoSuchResourceException')) throw error;
    return (await client.send(new GetAWSDefaultServiceQuotaCommand({ ServiceCode, QuotaCode }))).Quota;
  }
}

/** The usage of the account by the usage metric; undefined without a metric or a value. */
export async function latestUsage(
  { cloudwatch }: Pick<ReleaseClients, 'cloudwatch'>,
  { UsageMetric }: ServiceQuota,
  now: Date,
): Promise<number | undefined> {
  if (UsageMetric?.MetricName === undefined) return undefined;
  const { MetricDataResults = [] } = await cloudwatch.send(
    new GetMetricDataCommand({
      StartTime: new Date(now.getTime() - LATELY_MINUTES * 60_000),
      EndTime: now,
      MetricDataQueries: [{ Id: 'usage', MetricStat: { Metric: metricOf(UsageMetric), Period: 60, Stat: 'Maximum' } }],
    }),
  );
  return MetricDataResults[0]?.Values?.[0];
}

function metricOf({ MetricNamespace, MetricName, MetricDimensions = {} }: MetricInfo) {
  const Dimensions = Object.entries(MetricDimensions).map(([Name, Value]) => ({ Name, Value }));
  return { Namespace: MetricNamespace, MetricName, Dimensions };
}
