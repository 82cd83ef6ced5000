import {
  CloudWatchClient,
  DescribeAlarmHistoryCommand,
  DescribeAlarmsCommand,
  GetMetricDataCommand,
  type MetricDataQuery,
} from '@aws-sdk/client-cloudwatch';
import { BatchDeleteImageCommand, ECRClient } from '@aws-sdk/client-ecr';
import { DeleteTaskSetCommand, DescribeTasksCommand, ECSClient, StopTaskCommand } from '@aws-sdk/client-ecs';
import {
  DescribeLoadBalancerAttributesCommand,
  DescribeLoadBalancersCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { EventBridgeClient, ListRulesCommand } from '@aws-sdk/client-eventbridge';
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { only } from '../harness/only';
import type { Platform } from '../harness/platform';
import { Releases } from '../harness/releases';
import type { Workspace } from '../harness/workspace';
import { digestOf, pushImage } from './push-image';

/** The answers of AWS by question, for the report, including unexpected ones. */
export type Answers = Map<string, string>;

interface Asked {
  readonly platform: Platform;
  readonly releases: Releases;
  readonly workspace: Workspace;
  /** Notes the answer. */
  readonly answer: (text: string) => void;
}

/** Questions that the documentation of AWS does not answer. The design depends on the expected answers. They run in this order. */
const questions: readonly (readonly [title: string, ask: (asked: Asked) => Promise<void>])[] = [
  ['load balancer logs arrive with the service principal of log delivery alone', accessLogs],
  ['ECS Exec reaches its endpoints with a policy that names the account of the principal', execAgents],
  ['auto-scaling keeps an AlarmHigh, and perhaps an AlarmLow, where target tracking does not scale in', trackingAlarms],
  ['FILL fills a series that never had data, so that gates judge requests without errors', fillOfNothing],
  ['a release works with CreateTaskSet narrowed to task sets, and a test listener on the second group', firstRelease],
  ['EventBridge delivers to the encrypted topic', eventDeliveries],
  ['a task set beside the primary one can be deleted by force while CodeDeploy controls the service', deletedTaskSet],
  ['the alarm for missing tasks stays quiet while Container Insights is late', missingTasksAlarm],
  ['a release succeeds while no task of the current version is healthy', releaseWithoutHealthyTask],
];

export function openQuestions(platform: () => Platform, workspace: () => Workspace, answers: Answers): void {
  it.each(questions)('%s', async (title, ask) => {
    const answer = (text: string) => {
      answers.set(title, text);
    };
    const releases = new Releases(workspace, platform);
    await ask({ platform: platform(), releases, workspace: workspace(), answer });
  });
}

async function accessLogs({ platform, answer }: Asked): Promise<void> {
  const elb = platform.aws(ElasticLoadBalancingV2Client);
  const { LoadBalancers } = await elb.send(new DescribeLoadBalancersCommand({ Names: [platform.names.of('alb')] }));
  const { LoadBalancerArn } = only(LoadBalancers);
  const { Attributes } = await elb.send(new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn }));
  const Bucket = Attributes?.find(({ Key }) => Key === 'access_logs.s3.bucket')?.Value;
  const keys = await eventually(10, async () => {
    const { Contents = [] } = await platform.aws(S3Client).send(new ListObjectsV2Command({ Bucket }));
    return Contents.length > 0 ? Contents.map(({ Key = '' }) => Key.replace(/^.*\//, '')) : undefined;
  });
  answer(keys?.join(', ') ?? 'no object after 10 minutes');
  expect(keys).toBeDefined();
}

async function execAgents({ platform, releases, answer }: Asked): Promise<void> {
  const cluster = platform.names.of('ecs-cluster');
  let seen: unknown[] = [];
  await eventually(5, async () => {
    const tasks = [...(await releases.tasks())];
    const described = await platform.aws(ECSClient).send(new DescribeTasksCommand({ cluster, tasks }));
    const agents = described.tasks?.flatMap(({ containers = [] }) => containers).flatMap((one) => one.managedAgents);
    seen = (agents ?? []).map((agent) => agent?.lastStatus);
    return seen.length > 0 && seen.every((status) => status === 'RUNNING') ? true : undefined;
  });
  answer(`agents: ${seen.map(String).join(', ')}`);
  expect(new Set(seen)).toEqual(new Set(['RUNNING']));
}

async function trackingAlarms({ platform, answer }: Asked): Promise<void> {
  const service = `${platform.names.of('ecs-cluster')}/${platform.names.of('ecs-service')}`;
  const { MetricAlarms = [] } = await platform
    .aws(CloudWatchClient)
    .send(new DescribeAlarmsCommand({ AlarmNamePrefix: `TargetTracking-service/${service}` }));
  const kinds = MetricAlarms.map(({ AlarmName }) => /Alarm(?:High|Low)/.exec(String(AlarmName))?.[0]);
  answer(kinds.join(', '));
  expect(kinds).toContain('AlarmHigh');
}

async function fillOfNothing({ platform, answer }: Asked): Promise<void> {
  const metric = { Namespace: 'AWS/ApplicationELB', MetricName: 'HTTPCode_ELB_5XX_Count' };
  const Dimensions = [{ Name: 'LoadBalancer', Value: 'app/never/0000000000000000' }];
  const Stat = 'Sum';
  const values = await metricValues(platform, [
    { Id: 'never', MetricStat: { Metric: { ...metric, Dimensions }, Period: 60, Stat }, ReturnData: false },
    { Id: 'filled', Expression: 'FILL(never, 0)' },
  ]);
  answer(values.length > 0 ? `yes: ${String(values.length)} values` : 'no: there is no value');
  expect(values.length).toBeGreaterThan(0);
}

async function firstRelease({ platform, releases, workspace, answer }: Asked): Promise<void> {
  await pushImage(platform, workspace, 'trial-2');
  const run = await releases.release('--image trial-2 --yes --json', { timeoutSeconds: 1500 });
  const { end, cause = 'no cause' } = releases.resultOf(run);
  answer(`${String(end)} (${cause})`);
  expect(run.exitCode).toBe(0);
}

async function eventDeliveries({ platform, answer }: Asked): Promise<void> {
  const { Rules = [] } = await platform.aws(EventBridgeClient).send(new ListRulesCommand({}));
  const ours = Rules.filter(({ Name }) => Name?.endsWith(`-${platform.suffix}`));
  const sum = async (MetricName: string) => {
    const queries = ours.map(({ Name }, index) => {
      const Metric = { Namespace: 'AWS/Events', MetricName, Dimensions: [{ Name: 'RuleName', Value: Name }] };
      return { Id: `m${String(index)}`, MetricStat: { Metric, Period: 60, Stat: 'Sum' } };
    });
    return (await metricValues(platform, queries)).reduce((total, value) => total + value, 0);
  };
  const delivered = await eventually(10, async () => (await sum('Invocations')) || undefined);
  const failed = await sum('FailedInvocations');
  answer(`${String(delivered ?? 0)} deliveries, ${String(failed)} failed`);
  expect({ delivered, failed }).toEqual({ delivered: expect.any(Number) as number, failed: 0 });
}

async function deletedTaskSet({ platform, releases, workspace, answer }: Asked): Promise<void> {
  await pushImage(platform, workspace, 'trial-3');
  const started = await releases.release('--image trial-3 --yes --detach', { timeoutSeconds: 900 });
  const second = await eventually(5, async () => {
    const { taskSets = [] } = await releases.service();
    return taskSets.find(({ status }) => status !== 'PRIMARY');
  });
  const place = { cluster: platform.names.of('ecs-cluster'), service: platform.names.of('ecs-service') };
  try {
    if (!second) throw new Error(`there is no second task set after exit code ${String(started.exitCode)}`);
    await platform.aws(ECSClient).send(new DeleteTaskSetCommand({ ...place, taskSet: second.id, force: true }));
    answer('ECS accepts it');
  } catch (error) {
    answer(String(error));
    throw error;
  } finally {
    await releases.release('stop', { timeoutSeconds: 900 });
    await releases.release('watch', { timeoutSeconds: 900 });
  }
}

async function missingTasksAlarm({ platform, answer }: Asked): Promise<void> {
  const AlarmName = platform.names.of('alarm', 'unhealthy-task-count-missing');
  const { AlarmHistoryItems = [] } = await platform
    .aws(CloudWatchClient)
    .send(new DescribeAlarmHistoryCommand({ AlarmName, HistoryItemType: 'StateUpdate', ScanBy: 'TimestampAscending' }));
  const summaries = AlarmHistoryItems.map(({ HistorySummary }) => String(HistorySummary));
  answer(summaries.join('; '));
  // It had to fire before the first task was healthy.
  expect(summaries.filter((text) => text.includes('from OK to ALARM'))).toEqual([]);
}

async function releaseWithoutHealthyTask({ platform, releases, workspace, answer }: Asked): Promise<void> {
  await pushImage(platform, workspace, 'trial-4');
  const cluster = platform.names.of('ecs-cluster');
  // Without its image, ECS cannot replace the stopped tasks. The running image has two tags: its own, and the one of the release.
  const repositoryName = platform.names.of('ecr-repository');
  const imageDigest = await digestOf(platform, 'trial-2');
  await platform.aws(ECRClient).send(new BatchDeleteImageCommand({ repositoryName, imageIds: [{ imageDigest }] }));
  for (const task of await releases.tasks()) {
    await platform.aws(ECSClient).send(new StopTaskCommand({ cluster, task }));
  }
  const run = await releases.release('--image trial-4 --yes --json', { timeoutSeconds: 1500 });
  const { end, cause = 'no cause', problems = [] } = releases.resultOf(run);
  answer([`exit code ${String(run.exitCode)}, ${String(end)} (${cause})`, ...problems].join('; '));
  expect(run.exitCode).toBe(0);
}

/** The values of the last expression or metrics in the last half hour. */
async function metricValues(platform: Platform, MetricDataQueries: MetricDataQuery[]): Promise<readonly number[]> {
  const EndTime = new Date();
  const StartTime = new Date(EndTime.getTime() - 30 * 60_000);
  const { MetricDataResults = [] } = await platform
    .aws(CloudWatchClient)
    .send(new GetMetricDataCommand({ StartTime, EndTime, MetricDataQueries }));
  return MetricDataResults.flatMap(({ Values = [] }) => Values);
}

/** Polls every ten seconds until there is a result. */
async function eventually<T>(minutes: number, read: () => Promise<T | undefined>): Promise<T | undefined> {
  for (let attempt = 0; attempt <= 6 * minutes; attempt += 1) {
    const found = await read();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 10_000));
  }
  return undefined;
}
