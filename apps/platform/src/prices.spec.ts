import type { Environment } from '@nightshift/config';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { committedEnvironments } from './committed-environments.fixture';
import { synthesizedStacks } from './synthesize';

type Attributes = Readonly<Record<string, unknown>>;
interface Price {
  readonly price: number;
  readonly source: string;
  /** What the price was last compared with, on the `date` of the table: prices on AWS's pages are loaded by scripts. */
  readonly checked: string;
}
type Name =
  | 'fargateVcpuHour'
  | 'fargateGbHour'
  | 'fargateSpotShare'
  | 'natGatewayHour'
  | 'publicAddressHour'
  | 'interfaceEndpointHour'
  | 'loadBalancerHour'
  | 'keyMonth'
  | 'alarmMetricMonth'
  | 'dashboardMonth';

const { hoursPerMonth: HOURS, prices } = JSON.parse(readFileSync(join(__dirname, 'prices.json'), 'utf8')) as {
  readonly hoursPerMonth: number;
  readonly prices: Readonly<Record<Name, Price>>;
};
const price = (name: Name) => prices[name].price;
const hourly = (name: Name, count: number) => count * HOURS * price(name);

/** The rows of the table in README.md, in USD a month, from what the stacks of an environment create. */
function costsOf(environment: Environment): Readonly<Record<string, number>> {
  const resources = Object.values(synthesizedStacks(environment)).flatMap((stack) =>
    Object.entries(
      (stack as { readonly resource?: Readonly<Record<string, Readonly<Record<string, Attributes>>>> }).resource ?? {},
    ),
  );
  const all = (type: string) => resources.flatMap(([name, found]) => (name === type ? Object.values(found) : []));
  const subnets = (found: readonly Attributes[], key: string) =>
    found.map((one) => (one[key] as readonly unknown[]).length);
  const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);
  const endpoints = all('aws_vpc_endpoint').filter(({ vpc_endpoint_type }) => vpc_endpoint_type === 'Interface');
  const balancers = all('aws_lb');
  const publicBalancers = balancers.filter(({ internal }) => internal !== true);
  const alarmMetrics = all('aws_cloudwatch_metric_alarm').map(({ metric_query }) =>
    Array.isArray(metric_query) ? metric_query.filter((query) => 'metric' in (query as object)).length : 1,
  );
  const rows = {
    tasks: tasks(environment),
    'NAT gateways': hourly('natGatewayHour', all('aws_nat_gateway').length),
    'interface endpoints': hourly('interfaceEndpointHour', sum(subnets(endpoints, 'subnet_ids'))),
    'load balancer': hourly('loadBalancerHour', balancers.length),
    'public IPv4 addresses': hourly(
      'publicAddressHour',
      all('aws_eip').length + sum(subnets(publicBalancers, 'subnets')),
    ),
    'keys, alarms, dashboard':
      all('aws_kms_key').length * price('keyMonth') +
      sum(alarmMetrics) * price('alarmMetricMonth') +
      all('aws_cloudwatch_dashboard').length * price('dashboardMonth'),
  };
  return { ...rows, total: sum(Object.values(rows)) };
}

/** The desired count, split over capacity providers by their weights. */
function tasks({ task, service: { desiredCount, capacity } }: Environment): number {
  const { spotWeight, onDemandWeight, onDemandBase } = capacity;
  const spot = (Math.max(0, desiredCount - onDemandBase) * spotWeight) / (spotWeight + onDemandWeight);
  const hour = (task.cpu / 1024) * price('fargateVcpuHour') + (task.memoryMiB / 1024) * price('fargateGbHour');
  return HOURS * hour * (desiredCount - spot + spot * price('fargateSpotShare'));
}

describe('the costs in README.md', () => {
  const readme = readFileSync(join(__dirname, '..', '..', '..', 'README.md'), 'utf8');
  const names = ['prod', 'dev'];

  it('equal the resources of the environments times the price table, in whole USD', () => {
    const costs = names.map((name) => costsOf(committedEnvironments().find((one) => one.name === name)!));
    const [first] = costs;
    const expected = Object.keys(first!).map((row) => [row, ...costs.map((of) => String(Math.round(of[row]!)))]);
    const section = /## Costs\n([^]*?)\n## /.exec(readme)?.[1] ?? '';
    const lines = section.split('\n').filter((line) => line.startsWith('|'));
    const cells = lines.map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.replaceAll('*', '').trim()),
    );
    expect(cells.slice(2)).toEqual(expected);
    expect(cells[0]).toEqual(['', ...names]);
  });

  it('have an AWS page for each price, and a second source', () => {
    for (const { source, checked } of Object.values(prices)) {
      expect(source).toMatch(/^https:\/\/aws\.amazon\.com\/[\w/]+\/pricing\/$/);
      expect(checked).toMatch(/^https:/);
    }
  });
});
