import { environmentFile, environmentOf } from '@nightshift/config';
import { fakeClient, sdkError, type Handler, type Input } from '@nightshift/testing/aws';
import type { ReleaseContext } from '../release-context';
import { releaseTarget } from '../target';
import { deploymentQuotaChecks } from './quota-checks';

const USAGE = {
  MetricNamespace: 'AWS/Usage',
  MetricName: 'ResourceCount',
  MetricDimensions: { Service: 'Fargate', Type: 'Resource', Resource: 'vCPU', Class: 'Standard/Spot' },
};
const SPOT = 'L-36FBB829';
const request = (service: string, code: string, value: number) =>
  `request more: aws service-quotas request-service-quota-increase --service-code ${service} --quota-code ${code} --desired-value ${String(value)} --region us-east-1`;

describe('deploymentQuotaChecks', () => {
  let file: object;
  let quotas: Record<string, object>;
  let answers: Record<string, Handler>;
  const calls: Input[] = [];
  beforeEach(() => {
    file = {};
    calls.length = 0;
    quotas = {};
    answers = {
      GetServiceQuota: ({ QuotaCode }) => ({ Quota: quotas[String(QuotaCode)] ?? { Value: 100 } }),
      DescribeVpcs: () => ({}),
      DescribeAddresses: () => ({}),
      DescribeServices: () => ({ services: [] }),
      GetMetricData: (input) => {
        calls.push(input);
        return { MetricDataResults: [{ Values: [6, 99] }] };
      },
    };
  });

  async function lines(): Promise<Record<string, string>> {
    const tags = { Project: 'nightshift', CostCenter: '4711' };
    const environment = environmentOf(environmentFile.parse({ tags, ...file }), 'test', 'test');
    const any = fakeClient(answers, () => undefined);
    const clients = { servicequotas: any, ec2: any, ecs: any, cloudwatch: any } as unknown as ReleaseContext['clients'];
    const context = { clients, target: releaseTarget(environment) };
    const found: Record<string, string> = {};
    for (const { title, run } of deploymentQuotaChecks(environment, () => Promise.resolve(context))) {
      const { mark, detail, remedy } = await run();
      found[title] = `[${mark}] ${detail}${remedy === undefined ? '' : ` -> ${remedy}`}`;
    }
    return found;
  }

  it('pass if the quotas are sufficient', async () => {
    expect(await lines()).toEqual({
      'quota VPCs per Region': '[OK] 100 VPCs, 1 needed for the environment',
      'quota EC2-VPC Elastic IPs': '[OK] 100 addresses, 3 needed for 3 NAT gateways',
      'quota Fargate Spot vCPU resource count': '[OK] 100 vCPU, 8 needed for a release of 3 tasks',
      'quota Fargate On-Demand vCPU resource count': '[OK] 100 vCPU, 4 needed for a release of 3 tasks',
    });
  });

  it('fail for a new account: the first release runs all tasks twice', async () => {
    for (const code of [SPOT, 'L-3032A538']) quotas[code] = { Value: 6 };
    expect(await lines()).toMatchObject({
      'quota Fargate Spot vCPU resource count': `[FAIL] 6 vCPU, 8 needed for a release of 3 tasks -> ${request('fargate', SPOT, 28)}`,
      'quota Fargate On-Demand vCPU resource count': '[OK] 6 vCPU, 4 needed for a release of 3 tasks',
    });
  });

  it('warn if auto-scaling can exceed a quota', async () => {
    quotas[SPOT] = { Value: 10 };
    expect((await lines())['quota Fargate Spot vCPU resource count']).toBe(
      `[WARN] 10 vCPU, 14 needed for scaling.maximum of 10 tasks -> ${request('fargate', SPOT, 28)}`,
    );
  });

  it('split tasks as ECS does: the base on demand first, and only one provider if the other has no weight', async () => {
    file = { service: { desiredCount: 2, capacity: { onDemandBase: 2 } } };
    expect(await lines()).toMatchObject({
      'quota Fargate Spot vCPU resource count': '[OK] 100 vCPU, 0 needed for a release of 2 tasks',
      'quota Fargate On-Demand vCPU resource count': '[OK] 100 vCPU, 8 needed for a release of 2 tasks',
    });
    file = {
      task: { cpu: 512, memoryMiB: 1024 },
      service: { desiredCount: 1, capacity: { spotWeight: 0, onDemandWeight: 1 } },
      scaling: { minimum: 1, maximum: 3 },
      network: { natGateways: 'single' },
    };
    expect(await lines()).toEqual({
      'quota VPCs per Region': '[OK] 100 VPCs, 1 needed for the environment',
      'quota EC2-VPC Elastic IPs': '[OK] 100 addresses, 1 needed for 1 NAT gateway',
      'quota Fargate On-Demand vCPU resource count': '[OK] 100 vCPU, 1 needed for a release of 1 task',
    });
  });

  it('add the usage of others, without that of the environment itself', async () => {
    const tagged = (suffix: string) => ({ Tags: [{ Key: 'Environment', Value: suffix }] });
    answers['DescribeVpcs'] = () => ({ Vpcs: [tagged('test'), tagged('other'), {}, {}, {}, {}] });
    answers['DescribeAddresses'] = () => ({ Addresses: [tagged('test'), tagged('other'), {}] });
    answers['DescribeServices'] = () => ({
      services: [{ status: 'ACTIVE', runningCount: 1, taskSets: [{ status: 'PRIMARY' }] }],
    });
    answers['DescribeTaskDefinition'] = () => ({ taskDefinition: {} });
    quotas = {
      'L-F678F1CE': { Value: 5 },
      'L-0263D0A3': { Value: 5 },
      [SPOT]: { Value: 11, UsageMetric: USAGE },
    };
    expect(await lines()).toEqual({
      'quota VPCs per Region': `[FAIL] 5 VPCs, 1 needed for the environment, 5 used by others -> ${request('vpc', 'L-F678F1CE', 6)}`,
      'quota EC2-VPC Elastic IPs': '[OK] 5 addresses, 3 needed for 3 NAT gateways, 2 used by others',
      'quota Fargate Spot vCPU resource count': `[FAIL] 11 vCPU, 8 needed for a release of 3 tasks, 4 used by others -> ${request('fargate', SPOT, 32)}`,
      'quota Fargate On-Demand vCPU resource count': '[OK] 100 vCPU, 4 needed for a release of 3 tasks',
    });
    expect(calls[0]?.['MetricDataQueries']).toMatchObject([
      {
        MetricStat: {
          Metric: {
            Namespace: 'AWS/Usage',
            MetricName: 'ResourceCount',
            Dimensions: expect.arrayContaining([{ Name: 'Class', Value: 'Standard/Spot' }]) as unknown,
          },
        },
      },
    ]);
  });

  it('count no usage of the environment before the first deployment, and none of others without a value', async () => {
    quotas[SPOT] = { Value: 11, UsageMetric: { ...USAGE, MetricDimensions: undefined } };
    const spot = 'quota Fargate Spot vCPU resource count';
    expect((await lines())[spot]).toContain('[FAIL] 11 vCPU, 8 needed for a release of 3 tasks, 6 used by others');
    answers['GetMetricData'] = () => ({});
    expect((await lines())[spot]).toContain('[WARN] 11 vCPU, 14 needed for scaling.maximum of 10 tasks');
    answers['GetMetricData'] = () => ({ MetricDataResults: [{ Values: [6] }] });
    answers['DescribeServices'] = () => ({ services: [{ status: 'ACTIVE', taskSets: [{ status: 'PRIMARY' }] }] });
    answers['DescribeTaskDefinition'] = () => ({ taskDefinition: {} });
    expect((await lines())[spot]).toContain('6 used by others');
  });

  it('use the default of AWS without a value of the account', async () => {
    answers['GetServiceQuota'] = () => {
      throw sdkError('NoSuchResourceException');
    };
    answers['GetAWSDefaultServiceQuota'] = () => ({ Quota: { Value: 6 } });
    expect((await lines())['quota Fargate Spot vCPU resource count']).toContain('[FAIL] 6 vCPU');
  });

  it('are skipped if AWS returns no value', async () => {
    const spot = 'quota Fargate Spot vCPU resource count';
    answers['GetServiceQuota'] = () => {
      throw sdkError(
        'AccessDeniedException',
        'User is not authorized to perform: servicequotas:GetServiceQuota on x',
        403,
      );
    };
    expect((await lines())[spot]).toBe('[SKIP] not known: AWS does not allow servicequotas:GetServiceQuota');
    answers['GetServiceQuota'] = () => {
      throw sdkError('NotInLocalCloud', 'no quotas here', 501);
    };
    expect((await lines())[spot]).toBe('[SKIP] not known: NotInLocalCloud: no quotas here');
    answers['GetServiceQuota'] = () => ({});
    expect((await lines())[spot]).toBe('[SKIP] not known: AWS gives no value');
    quotas[SPOT] = {};
    answers['GetServiceQuota'] = () => ({ Quota: {} });
    expect((await lines())[spot]).toBe('[SKIP] not known: AWS gives no value');
  });

  it('throw a defect', async () => {
    answers['GetServiceQuota'] = () => {
      throw new TypeError('x is not a function');
    };
    await expect(lines()).rejects.toThrow(TypeError);
    answers['GetServiceQuota'] = () => ({ Quota: { Value: 6, UsageMetric: USAGE } });
    answers['DescribeServices'] = () => {
      throw new TypeError('y is not a function');
    };
    await expect(lines()).rejects.toThrow('y is not a function');
  });
});
