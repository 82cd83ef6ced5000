import type { ComputeOutputs } from '@nightshift/compute';
import type { Environment } from '@nightshift/config';
import type { Metric } from '@nightshift/stack';
import type { ServiceMetrics } from './service-metrics';

export interface DashboardInput {
  readonly environment: Environment;
  readonly compute: ComputeOutputs;
  readonly metrics: ServiceMetrics;
  readonly region: string;
  /** The alarms at the top. */
  readonly alarmArns: readonly string[];
}

/** The grid of a dashboard is 24 columns wide. */
const COLUMN = { third: 8, half: 12, full: 24 };
const HEIGHT = { text: 2, alarms: 4, graph: 6 };

/**
 * The dashboard of the service (R12.6): alarms, running tasks, responses, logs.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 */
export function dashboardBody(input: DashboardInput) {
  const { environment, compute, metrics } = input;
  const { alarms, scaling } = environment;
  const graph = graphsOf(input.region);
  return {
    start: '-PT12H',
    periodOverride: 'inherit',
    widgets: [
      at(0, 0, COLUMN.full, HEIGHT.text, {
        type: 'text',
        properties: {
          markdown: `# ${environment.tags.Project} (${environment.suffix})\nService \`${compute.service_name}\` in cluster \`${compute.cluster_name}\`, ${scaling.minimum} to ${scaling.maximum} tasks of ${environment.task.cpu} CPU units and ${environment.task.memoryMiB} MiB`,
        },
      }),
      at(0, 2, COLUMN.full, HEIGHT.alarms, {
        type: 'alarm',
        properties: { title: 'Alarms and release gates', alarms: input.alarmArns },
      }),
      at(
        0,
        6,
        COLUMN.third,
        HEIGHT.graph,
        graph(
          'Tasks',
          [
            line(metrics.desiredTasks, 'desired'),
            line(metrics.runningTasks, 'running'),
            line(metrics.pendingTasks, 'pending'),
            line(metrics.unhealthyContainers, 'failing their health check'),
          ],
          [
            { label: 'minimum', value: scaling.minimum },
            { label: 'maximum', value: scaling.maximum },
          ],
        ),
      ),
      at(
        8,
        6,
        COLUMN.third,
        HEIGHT.graph,
        graph(
          'CPU, %',
          [line(metrics.cpuUtilization, 'CPU')],
          [
            { label: 'alarm', value: alarms.cpuUtilization.threshold },
            { label: 'scale out', value: scaling.scaleOut.cpuPercent },
            { label: 'scale in', value: scaling.scaleIn.cpuPercent },
          ],
        ),
      ),
      at(
        16,
        6,
        COLUMN.third,
        HEIGHT.graph,
        graph(
          'Memory, %',
          [line(metrics.memoryUtilization, 'memory')],
          [{ label: 'alarm', value: alarms.memoryUtilization.threshold }],
        ),
      ),
      at(
        0,
        12,
        COLUMN.third,
        HEIGHT.graph,
        graph(
          'Requests and errors',
          [
            line(metrics.requests, 'requests'),
            line(metrics.target5xx, '5xx from tasks'),
            line(metrics.loadBalancer5xx, '5xx from the load balancer'),
          ],
          [{ label: 'alarm on 5xx', value: alarms.target5xxCount.threshold }],
        ),
      ),
      at(
        8,
        12,
        COLUMN.third,
        HEIGHT.graph,
        graph(
          'Response time, s',
          [line(metrics.responseTime, '95th percentile'), line({ ...metrics.responseTime, stat: 'p50' }, 'median')],
          [{ label: 'alarm', value: alarms.targetResponseTime.threshold }],
        ),
      ),
      at(
        16,
        12,
        COLUMN.third,
        HEIGHT.graph,
        graph(
          'Targets of the load balancer',
          [
            line(metrics.healthyHosts.blue, 'blue healthy'),
            line(metrics.unhealthyHosts.blue, 'blue unhealthy'),
            line(metrics.healthyHosts.green, 'green healthy'),
            line(metrics.unhealthyHosts.green, 'green unhealthy'),
          ],
          [],
        ),
      ),
      at(0, 18, COLUMN.full, HEIGHT.graph, {
        type: 'log',
        properties: {
          title: 'Latest errors in the log',
          region: input.region,
          view: 'table',
          query: `SOURCE '${compute.log_group_name}' | fields @timestamp, @logStream, @message | filter @message like /(?i)(error|exception|fatal)/ | sort @timestamp desc | limit 50`,
        },
      }),
    ],
  };
}

interface Widget {
  readonly type: string;
  readonly properties: object;
}

function at(x: number, y: number, width: number, height: number, widget: Widget) {
  return { ...widget, x, y, width, height };
}

type Line = readonly (string | { readonly label: string; readonly stat: string })[];

/** Namespace, name, dimensions as name and value in turn, and how to draw it. */
function line({ namespace, metricName, dimensions, stat }: Metric, label: string): Line {
  return [namespace, metricName, ...Object.entries(dimensions).flat(), { label, stat }];
}

function graphsOf(region: string) {
  return (
    title: string,
    metrics: readonly Line[],
    horizontal: readonly { label: string; value: number }[],
  ): Widget => ({
    type: 'metric',
    properties: {
      title,
      region,
      view: 'timeSeries',
      period: 60,
      metrics,
      yAxis: { left: { min: 0 } },
      ...(horizontal.length > 0 && { annotations: { horizontal } }),
    },
  });
}
