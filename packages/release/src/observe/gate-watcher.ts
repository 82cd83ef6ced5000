import {
  DescribeAlarmsCommand,
  GetMetricDataCommand,
  type GetMetricDataCommandInput,
  type MetricAlarm,
  type MetricDataQuery,
} from '@aws-sdk/client-cloudwatch';
import type { Given } from '../aws-answers';
import type { ReleaseContext } from '../release-context';

type Context = Pick<ReleaseContext, 'clients' | 'clock' | 'timeScale'>;

/** AWS's seconds. Metrics arrive once a minute, and each request for them has a price. */
const MINUTE = 60;

/** The maximum age of a value that counts as the latest. */
const PERIODS = 5;

/** The release gates and their metrics. */
export class GateWatcher {
  private latest: ReadonlyMap<string, number> = new Map();
  private asked = -Infinity;

  constructor(
    private readonly context: Context,
    private readonly names: readonly string[],
  ) {}

  async observe(): Promise<{
    readonly alarms: readonly MetricAlarm[];
    readonly latest: ReadonlyMap<string, number>;
  }> {
    if (this.names.length === 0) return { alarms: [], latest: this.latest };
    const answer = await this.context.clients.cloudwatch.send(
      new DescribeAlarmsCommand({ AlarmNames: [...this.names], AlarmTypes: ['MetricAlarm'] }),
    );
    const { MetricAlarms } = answer as Given<typeof answer, 'MetricAlarms'>;
    // The alarms of a deployment group have no order.
    const alarms = MetricAlarms.sort((one, other) => String(one.AlarmName).localeCompare(String(other.AlarmName)));
    const now = this.context.clock.now().getTime();
    if (alarms.length > 0 && now - this.asked >= this.milliseconds(MINUTE)) {
      this.latest = await this.measure(alarms, now);
      this.asked = now;
    }
    return { alarms, latest: this.latest };
  }

  private async measure(alarms: readonly MetricAlarm[], now: number): Promise<ReadonlyMap<string, number>> {
    const longest = Math.max(...alarms.map(periodOf));
    const window = {
      StartTime: new Date(now - this.milliseconds(longest * PERIODS)),
      EndTime: new Date(now),
      ScanBy: 'TimestampDescending',
    } as const;
    const plain = alarms.filter(({ Metrics }) => !Metrics?.length);
    // The ids of an expression are unique within its alarm only.
    const computed = alarms.filter(({ Metrics }) => Metrics?.length);
    const latest = await Promise.all([
      plain.length === 0 ? [] : this.newest(plain, plain.map(query), window),
      ...computed.map((alarm) => this.newest([alarm], alarm.Metrics as MetricDataQuery[], window)),
    ]);
    return new Map(latest.flat());
  }

  /** The newest value of each alarm; the n-th query with ReturnData belongs to the n-th alarm. */
  private async newest(
    alarms: readonly MetricAlarm[],
    MetricDataQueries: MetricDataQuery[],
    window: Pick<GetMetricDataCommandInput, 'StartTime' | 'EndTime' | 'ScanBy'>,
  ): Promise<readonly (readonly [string, number])[]> {
    const answer = await this.context.clients.cloudwatch.send(
      new GetMetricDataCommand({ MetricDataQueries, ...window }),
    );
    const results = answer.MetricDataResults as { readonly Id: string; readonly Values?: readonly number[] }[];
    const returning = MetricDataQueries.filter(({ ReturnData = true }) => ReturnData);
    return results.flatMap(({ Id, Values: [value] = [] }) => {
      const index = returning.findIndex((one) => one.Id === Id);
      const alarm = alarms[index] as Given<MetricAlarm, 'AlarmName'> | undefined;
      return value === undefined || !alarm ? [] : [[alarm.AlarmName, value] as const];
    });
  }

  private milliseconds(seconds: number): number {
    return (seconds * 1000) / this.context.timeScale;
  }
}

function periodOf({ Period, Metrics = [] }: MetricAlarm): number {
  return Math.max(...[Period, ...Metrics.map(({ MetricStat }) => MetricStat?.Period)].map((one) => one ?? 0));
}

function query(alarm: MetricAlarm, index: number): MetricDataQuery {
  const { Namespace, MetricName, Dimensions, Period, Statistic, ExtendedStatistic, Unit } = alarm;
  return {
    Id: `m${String(index)}`,
    MetricStat: { Metric: { Namespace, MetricName, Dimensions }, Period, Stat: ExtendedStatistic ?? Statistic, Unit },
  };
}
