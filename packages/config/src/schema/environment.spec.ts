import { describeProblem } from '@nightshift/errors';
import { parseText } from '../problems-of.fixture';
import { problemsOf } from '../problems-of.fixture';
import { environmentFile } from './environment';

const file = environmentFile.parse({ tags: { Project: 'p', CostCenter: 'c' } });

describe('the defaults of the requirements', () => {
  it.each([
    ['R0: us-east-1 on AWS, no profile', [file.region, file.cloud, file.profile], ['us-east-1', 'aws', false]],
    ['R0.10: keys are deleted as soon as AWS lets them', file.encryption, { deletionWindowDays: 7 }],
    ['R1.2: a NAT gateway in each zone', file.network.natGateways, 'one-per-zone'],
    [
      'R1.3: no egress, nothing beside the endpoints of the platform',
      [file.network.egress, file.network.endpoints],
      [[], []],
    ],
    ['R2.2: the last 10 images stay', file.registry.keepImages, 10],
    ['R4.1: 2048 CPU units and 4096 MiB', [file.task.cpu, file.task.memoryMiB], [2048, 4096]],
    [
      'R4.3: open files are limited',
      file.container.ulimits,
      [{ name: 'nofile', softLimit: 65_536, hardLimit: 65_536 }],
    ],
    ['R4.3: the container is asked whether it lives', file.container.healthCheck.path, '/live'],
    ['R5.1: three tasks', file.service.desiredCount, 3],
    ['R5.2: 70 % Spot, 30 % on-demand', file.service.capacity, { spotWeight: 70, onDemandWeight: 30, onDemandBase: 0 }],
    ['R5.4: a job has a minute when a task stops', file.container.draining, { acceptSeconds: 20, jobSeconds: 60 }],
    ['R6.2: health checks on /health', file.loadBalancer.healthCheck.path, '/health'],
    ['R6.3: unhealthy after three failures', file.loadBalancer.healthCheck.unhealthyThreshold, 3],
    ['R6.4: no TLS without a certificate', file.loadBalancer.listener, { protocol: 'HTTP' }],
    ['R7.2: out above 70 %', file.scaling.scaleOut.cpuPercent, 70],
    ['R7.3: in below 30 %', file.scaling.scaleIn.cpuPercent, 30],
    ['R7.4: 2 to 10 tasks', [file.scaling.minimum, file.scaling.maximum], [2, 10]],
    ['R8.3: logs stay 30 days', file.logs, { retentionDays: 30 }],
    ['R9.2: the application may do nothing', file.task.statements, []],
    [
      'R10.2: 10 % of the traffic each minute',
      file.deployment.trafficRouting,
      { type: 'linear', percentage: 10, intervalMinutes: 1 },
    ],
    [
      'R10.4: the new version calculates a job with a known answer',
      file.deployment.testRequests.map(({ method, path, status, contains }) => [method, path, status, contains]),
      [['POST', '/jobs', 200, '"valueAtRisk":55.25']],
    ],
    ['R10.3: the old tasks stay 10 minutes', file.deployment.terminationWaitMinutes, 10],
    [
      'R10: nobody reaches the new version before the shift',
      file.loadBalancer.testListener,
      { port: 8443, allowedCidrs: [] },
    ],
  ])('%s', (_, value, expected) => expect(value).toEqual(expected));

  it.each([
    'unhealthyTaskCount',
    'cpuUtilization',
    'memoryUtilization',
    'unhealthyHostCount',
    'targetResponseTime',
    'target5xxCount',
    'loadBalancer5xxCount',
  ] as const)('R12.5: %s uses whole minutes and more than one period', (name) => {
    const { periodSeconds, evaluationPeriods, datapointsToAlarm } = file.alarms[name];
    expect([periodSeconds, evaluationPeriods]).toEqual([60, 5]);
    expect(datapointsToAlarm).toBeGreaterThan(1);
  });

  it('R10.4: every gate fires before the shift of 10 minutes ends', () => {
    const { failedRequests, unhealthyHostCount } = file.gates;
    for (const { periodSeconds, evaluationPeriods } of [failedRequests, unhealthyHostCount]) {
      expect(periodSeconds * evaluationPeriods).toBeLessThanOrEqual(180);
    }
  });

  it('R10.4: the error rate has a minimum number of requests, and the response time has no limit', () => {
    expect(file.gates.failedRequests).toMatchObject({ threshold: 5, minimumRequests: 5 });
    expect(file.gates.targetResponseTime).toBeUndefined();
  });
});

describe('settings of the whole environment', () => {
  it.each([
    'region: eu-central-1',
    'region: us-gov-west-1',
    'account: { id: "012345678901" }',
    'bucketQualifier: acme-risk',
    'state: { bucket: acme-terraform-state }',
    'logs: { retentionDays: 365 }',
    'account: { id: "123456789012" }\ndelivery: { order: 1 }',
    'cloud: local',
    'profile: true',
  ])('accept %s', (yaml) => expect(problemsOf(yaml)).toEqual([]));

  it.each([
    [
      'region: Frankfurt',
      'region: is not a known AWS region, got "Frankfurt" - write one such as us-east-1. Add a new region to packages/config/src/schema/regions.ts',
    ],
    [
      'region: us-esat-1',
      'region: is not a known AWS region, got "us-esat-1" - did you mean us-east-1? Add a new region to packages/config/src/schema/regions.ts',
    ],
    ['region: 1', 'region: is not text, got 1 - put it in quotes'],
    ['account: { id: 123456789012 }', 'account.id: is not text, got 123456789012 - put it in quotes'],
    ['account: { id: "1234" }', 'account.id: is not an AWS account id, got "1234" - write its 12 digits in quotes'],
    [
      'bucketQualifier: ACME',
      'bucketQualifier: is not valid in a bucket name, got "ACME" - use up to 24 lower-case letters, digits and -, without - at the start or end',
    ],
    [
      'state: { bucket: my.bucket }',
      'state.bucket: is not a bucket name that AWS accepts, got "my.bucket" - use 3 to 63 lower-case letters, digits and -',
    ],
    [
      'state: { bucket: state-s3alias }',
      'state.bucket: is not a bucket name that AWS accepts, got "state-s3alias" - use 3 to 63 lower-case letters, digits and -',
    ],
    [
      'logs: { retentionDays: 31 }',
      'logs.retentionDays: is not a retention that CloudWatch Logs offers, got 31 - use one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653',
    ],
    [
      'registry: { highestSeverity: SEVERE }',
      'registry.highestSeverity: is not one of the choices, got "SEVERE" - use NONE, INFORMATIONAL, LOW, MEDIUM, HIGH or CRITICAL',
    ],
    ['profile: true\ndelivery: { order: 1 }', 'delivery.order: is not allowed in a profile, got 1 - remove delivery'],
    [
      'cloud: local\ndelivery: { order: 1 }',
      'delivery.order: is not allowed with cloud: local, because the pipeline cannot reach the local cloud, got 1 - remove delivery',
    ],
    ['delivery: { order: 1 }', 'delivery.order: needs account.id, got 1 - add account.id, or remove delivery'],
  ])('refuse %s', (yaml, problem) => expect(problemsOf(yaml)).toEqual([`dev.yaml: ${problem}`]));

  it('refuse a Project tag that cannot make bucket names unique, unless there is a qualifier', () => {
    const problems = (more: string) =>
      parseText(`tags: { Project: "+++", CostCenter: c }\n${more}`, 'dev.yaml').problems?.map(describeProblem);
    expect(problems('')).toEqual([
      'dev.yaml: tags.Project: has no letter or digit for bucket names, got "+++" - add one, or set bucketQualifier',
    ]);
    expect(problems('bucketQualifier: acme')).toBeUndefined();
  });
});
