import { GetMetricDataCommand, type MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { type Given, isAboutAws } from '../aws-answers';
import type { Observation } from '../observe/observation';
import type { ReleaseTraffic } from '../record';
import type { ReleaseContext } from '../release-context';
import type { Snapshot } from '../snapshot';

/** AWS's seconds: the shortest period in which load balancers report. */
const PERIOD = 60;

/**
 * The requests that the new version got from the start of the traffic shift to the end of the deployment.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
 * @returns undefined when no traffic was shifted, when the target group of the new version is not known any more, or when CloudWatch
 * does not answer: the release has ended anyway.
 */
export async function releaseTraffic(
  { clients, timeScale }: Pick<ReleaseContext, 'clients' | 'timeScale'>,
  { deployment, service, loadBalancer, time }: Observation,
  { lifecycle }: Pick<Snapshot, 'lifecycle'>,
): Promise<ReleaseTraffic | undefined> {
  const since = lifecycle.find(({ name }) => name === 'AllowTraffic')?.startedAt;
  const green = service.taskSets?.find(({ externalId }) => externalId === deployment.deploymentId);
  const group = green?.loadBalancers?.[0]?.targetGroupArn;
  if (!since || group === undefined) return undefined;
  const period = (PERIOD * 1000) / timeScale;
  const whole = { LoadBalancer: loadBalancer };
  const ofGroup = { ...whole, TargetGroup: String(group.split(':')[5]) };
  const queries = [
    query('requests', 'RequestCount', ofGroup),
    query('failed', 'HTTPCode_Target_5XX_Count', ofGroup),
    query('balancer', 'HTTPCode_ELB_5XX_Count', whole),
  ];
  try {
    const sums = await sumsOf(clients, queries, {
      // From the first whole period: the one before contains the test requests, which have the same target group.
      StartTime: new Date(Math.ceil(since.getTime() / period) * period),
      EndTime: new Date(Math.ceil(Number(deployment.completeTime ?? time) / period) * period),
    });
    const sumOf = (id: string) => sums.get(id) ?? 0;
    return { requests: sumOf('requests'), failed: sumOf('failed'), balancerErrors: sumOf('balancer') };
  } catch (error) {
    if (!isAboutAws(error)) throw error;
    return undefined;
  }
}

function query(Id: string, MetricName: string, dimensions: Readonly<Record<string, string>>): MetricDataQuery {
  const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
  return {
    Id,
    MetricStat: { Metric: { Namespace: 'AWS/ApplicationELB', MetricName, Dimensions }, Period: PERIOD, Stat: 'Sum' },
  };
}

/** A long termination wait has more datapoints than one answer. */
async function sumsOf(
  { cloudwatch }: Pick<ReleaseContext['clients'], 'cloudwatch'>,
  MetricDataQueries: MetricDataQuery[],
  window: { readonly StartTime: Date; readonly EndTime: Date },
): Promise<ReadonlyMap<string, number>> {
  const sums = new Map<string, number>();
  let NextToken: string | undefined;
  do {
    const answer = await cloudwatch.send(new GetMetricDataCommand({ MetricDataQueries, ...window, NextToken }));
    const { MetricDataResults } = answer as Given<typeof answer, 'MetricDataResults'>;
    for (const { Id, Values = [] } of MetricDataResults) {
      sums.set(
        String(Id),
        Values.reduce((sum, value) => sum + value, sums.get(String(Id)) ?? 0),
      );
    }
    NextToken = answer.NextToken;
  } while (NextToken !== undefined);
  return sums;
}
