import {
  DescribeAlarmsCommand,
  GetMetricDataCommand,
  type MetricAlarm,
  type MetricDataQuery,
} from '@aws-sdk/client-cloudwatch';
import type { Given } from '../aws-answers';
import type { ReleaseContext } from '../release-context';
import type { LatestValue } from './observation';

type Context = Pick<ReleaseContext, 'clients' | 'clock' | 'timeScale'>;

/** AWS's seconds. Metrics come once a minute, and each question for them costs. */
const MINUTE = 60;

/** How far back a value is still the latest. */
const PERIODS = 5;

/** The release gates and what they measure. */
export class GateWatcher {
  private latest: ReadonlyMap<string, LatestValue> = new Map();
  private asked = -Infinity;

  constructor(
    private readonly context: Context,
    private readonly names: readonly string[],
  ) {}

  async look(): Promise<{
    readonly alarms: readonly MetricAlarm[];
    readonly latest: ReadonlyMap<string, LatestValue>;
  }> {
    if (this.names.length === 0) return { alarms: [], latest: this.latest };
    const answer = await this.context.clients.cloudwatch.send(
      new DescribeAlarmsCommand({ AlarmNames: [...this.names], AlarmTypes: ['MetricAlarm'] }),
    );
    const { MetricAlarms } = answer as Given<typeof answer, 'MetricAlarms'>;
    // Whoever named them to CodeDeploy did so in no order.
    const alarms = MetricAlarms.sort((one, other) => String(one.AlarmName).localeCompare(String(other.AlarmName)));
    const now = this.context.clock.now().getTime();
    if (alarms.length > 0 && now - this.asked >= this.milliseconds(MINUTE)) {
      this.latest = await this.measure(alarms, now);
      this.asked = now;
    }
    return { alarms, latest: this.latest };
  }

  private async measure(alarms: readonly MetricAlarm[], now: number): Promise<ReadonlyMap<string, LatestValue>> {
    const longest = Math.max(...alarms.map(({ Period }) => Number(Period)));
    const { MetricDataResults } = await this.context.clients.cloudwatch.send(
      new GetMetricDataCommand({
        MetricDataQueries: alarms.map(query),
        StartTime: new Date(now - this.milliseconds(longest * PERIODS)),
        EndTime: new Date(now),
        ScanBy: 'TimestampDescending',
      }),
    );
    const results = MetricDataResults as { readonly Id: string; readonly Values?: readonly number[] }[];
    return new Map(
      results.flatMap(({ Id, Values: [value] = [] }) => {
        const { AlarmName, Unit: unit } = alarms[Number(Id.slice(1))] as Given<MetricAlarm, 'AlarmName'>;
        return value === undefined ? [] : [[AlarmName, { value, unit }] as const];
      }),
    );
  }

  private milliseconds(seconds: number): number {
    return (seconds * 1000) / this.context.timeScale;
  }
}

function query(alarm: MetricAlarm, index: number): MetricDataQuery {
  const { Namespace, MetricName, Dimensions, Period, Statistic, ExtendedStatistic, Unit } = alarm;
  return {
    Id: `m${String(index)}`,
    MetricStat: { Metric: { Namespace, MetricName, Dimensions }, Period, Stat: ExtendedStatistic ?? Statistic, Unit },
  };
}
