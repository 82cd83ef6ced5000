import { testEnvironment } from '@nightshift/testing';
import { computeOutputs } from './compute-outputs.fixture';
import { dashboardBody } from './dashboard-body';
import { serviceMetrics } from './service-metrics';

const compute = computeOutputs();
const body = dashboardBody({
  environment: testEnvironment(),
  compute,
  metrics: serviceMetrics(compute, 'batch-processor'),
  region: 'eu-west-1',
  alarmArns: ['arn:a', 'arn:b'],
});

const titled = (title: string) =>
  body.widgets.map(({ properties }) => properties).find((one) => 'title' in one && one.title === title);

describe('dashboard', () => {
  it('R12.6 has a title and a description', () => {
    expect(body.widgets[0]?.properties).toEqual({
      markdown:
        '# nightshift (test)\nService `ecs-service-test` in cluster `ecs-cluster-test`, 2 to 10 tasks of 2048 CPU units and 4096 MiB',
    });
  });

  it('R12.6 shows the last 12 hours', () => {
    expect(body.start).toBe('-PT12H');
  });

  it('R12.6 shows alarms and release gates first', () => {
    expect(titled('Alarms and release gates')).toMatchObject({ alarms: ['arn:a', 'arn:b'] });
  });

  it('R12.6 shows tasks, load, requests, latency and targets', () => {
    expect(body.widgets.map(({ properties }) => ('title' in properties ? properties.title : ''))).toEqual([
      '',
      'Alarms and release gates',
      'Tasks',
      'CPU, %',
      'Memory, %',
      'Requests and errors',
      'Response time, s',
      'Targets of the load balancer',
      'Latest errors in the log',
    ]);
  });

  it('draws a metric as CloudWatch expects it, with the thresholds of the environment', () => {
    expect(titled('CPU, %')).toEqual({
      title: 'CPU, %',
      region: 'eu-west-1',
      view: 'timeSeries',
      period: 60,
      metrics: [
        [
          'AWS/ECS',
          'CPUUtilization',
          'ClusterName',
          'ecs-cluster-test',
          'ServiceName',
          'ecs-service-test',
          { label: 'CPU', stat: 'Average' },
        ],
      ],
      yAxis: { left: { min: 0 } },
      annotations: {
        horizontal: [
          { label: 'alarm', value: 85 },
          { label: 'scale out', value: 70 },
          { label: 'scale in', value: 30 },
        ],
      },
    });
    expect(titled('Targets of the load balancer')).not.toHaveProperty('annotations');
  });

  it('shows the latest errors of the container', () => {
    expect(titled('Latest errors in the log')).toMatchObject({
      query: expect.stringContaining("SOURCE 'log-group-batch-processor-test'") as string,
    });
  });

  it('fits the grid of 24 columns without overlap', () => {
    const cells = body.widgets.flatMap(({ x, y, width, height }) =>
      Array.from({ length: width * height }, (_, index) => `${x + (index % width)},${y + Math.floor(index / width)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
    expect(Math.max(...body.widgets.map(({ x, width }) => x + width))).toBe(24);
  });
});
