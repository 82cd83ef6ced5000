/** One series of CloudWatch. */
export interface Metric {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, string>>;
  /** A plain statistic such as `Average`, or a percentile such as `p95`. */
  readonly stat: string;
}
