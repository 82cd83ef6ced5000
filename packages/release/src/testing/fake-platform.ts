import type { SuspendedState } from '@aws-sdk/client-application-auto-scaling';
import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import type { Action } from '@aws-sdk/client-elastic-load-balancing-v2';
import { environmentFile, environmentOf } from '@nightshift/config';
import { fakeClient, sdkError, type Handlers } from '@nightshift/testing/aws';
import type { ReleaseClients, ReleaseContext, TestAnswer, TestRequest, Unanswered } from '../release-context';
import { releaseTarget } from '../target';
import { FakeBucket } from './fake-bucket';
import { FakeClock } from './fake-clock';
import { FakeCodeDeploy } from './fake-codedeploy';
import { FakeEcr } from './fake-ecr';
import { BLUE_GROUP, digestOf, FakeEcs, GREEN_GROUP } from './fake-ecs';
import { START } from './record-fixture';

/** A deployed environment in memory, with fake SDK clients and the context of a release. */
export class FakePlatform {
  readonly clock = new FakeClock(START);
  readonly bucket = new FakeBucket(this.clock.now);
  readonly ecs = new FakeEcs();
  readonly codedeploy = new FakeCodeDeploy(this.clock.now);
  readonly ecr = new FakeEcr();
  /** Undefined: the service does not scale. */
  scaling: SuspendedState | undefined = { DynamicScalingInSuspended: false, ScheduledScalingSuspended: true };
  /** AWS omits the suspended state if nothing was ever suspended. */
  withoutSuspendedState = false;
  actions: Action[] | undefined = [{ Type: 'forward', TargetGroupArn: BLUE_GROUP }];
  readonly health = new Map<string, readonly string[]>([
    [BLUE_GROUP, ['healthy', 'healthy', 'healthy']],
    [GREEN_GROUP, []],
  ]);
  alarms: MetricAlarm[] = ['5xx', 'latency'].map((name) => ({
    AlarmName: `alarm-gate-${name}-test`,
    StateValue: 'OK',
    Threshold: 10,
    ComparisonOperator: 'GreaterThanThreshold',
    Period: 60,
  }));
  listener = { LoadBalancerArn: 'arn:alb', Port: 80, Protocol: 'HTTP' };
  readonly metrics: Record<string, number[]> = {};
  /** Names of log groups. */
  readonly logGroups = new Set<string>();
  /** One event per page. */
  logEvents: {
    readonly logStreamName: string;
    readonly timestamp: number;
    readonly message: string;
    readonly eventId: string;
  }[] = [];
  readonly logs = new Map<string, readonly string[]>();
  /** The address of the test listener on this machine. */
  testUrl: string | undefined;
  /** The requests to the test listener. */
  readonly tested: TestRequest[] = [];
  answerTest: (request: TestRequest) => TestAnswer | Unanswered = () => ({
    status: 200,
    body: '{"valueAtRisk":55.25}',
  });
  /** The names of all commands, in order. */
  readonly calls: string[] = [];
  /** Injected responses of commands, once each. `done`: the command succeeds, but its response is lost. */
  readonly failures: { readonly command: string; readonly error: Error; readonly done?: boolean }[] = [];

  balancer: object | undefined = { DNSName: 'alb-test-1.us-east-1.elb.amazonaws.com' };

  constructor(public timeScale = 1) {
    this.ecr.repository = 'ecr-repository-test';
    this.ecr.images.push(
      { digest: digestOf('3c'), pushedAt: new Date('2026-11-23') },
      { digest: digestOf('2b'), tags: ['1.4.2'], pushedAt: new Date('2026-11-22') },
      { digest: digestOf('1a'), tags: ['initial'], pushedAt: new Date('2026-11-21') },
    );
    this.bucket.put('test/network.tfstate', {
      outputs: {
        vpc_id: { value: 'vpc-1' },
        private_subnet_ids_0: { value: 'subnet-1' },
        private_subnet_ids_1: { value: 'subnet-2' },
        private_subnet_ids_2: { value: 'subnet-3' },
        tasks_security_group_id: { value: 'sg-1' },
      },
    });
    this.bucket.onCall = (command) => this.failure(command);
  }

  get context(): ReleaseContext {
    const tags = { Project: 'nightshift', CostCenter: '4711' };
    const target = releaseTarget(environmentOf(environmentFile.parse({ tags }), 'test', 'test'));
    const { clock, timeScale } = this;
    const testListener = {
      localUrl: () => Promise.resolve(this.testUrl),
      send: (request: TestRequest) => {
        this.tested.push(request);
        return Promise.resolve(this.answerTest(request));
      },
    };
    return { target, clients: this.clients, clock, timeScale, newId: () => 'r1', testListener };
  }

  fail(command: string, error: Error, done = false): void {
    this.failures.push({ command, error, done });
  }

  private get clients(): ReleaseClients {
    const ecs = this.client(this.ecs.handlers) as ReleaseClients['ecs'];
    const codedeploy = this.client(this.codedeploy.handlers) as ReleaseClients['codedeploy'];
    return {
      ecs,
      codedeploy,
      once: { ecs, codedeploy },
      s3: this.bucket.client,
      elbv2: this.client(this.handlers),
      cloudwatch: this.client(this.handlers),
      autoscaling: this.client(this.handlers),
      ecr: this.client(this.ecr.handlers),
      logs: this.client(this.handlers),
      sts: this.client(this.handlers),
    } as ReleaseClients;
  }

  private client(handlers: Handlers): unknown {
    const failing = Object.entries(handlers).map(([command, handler]) => {
      const handle: typeof handler = (input) => {
        this.calls.push(command);
        const lost = this.failures.find((one) => one.command === command)?.done ? handler(input) : undefined;
        const error = this.failure(command);
        if (error) throw error;
        return lost ?? handler(input);
      };
      return [command, handle] as const;
    });
    return fakeClient(Object.fromEntries(failing), () => undefined);
  }

  private failure(command: string): Error | undefined {
    const index = this.failures.findIndex((one) => one.command === command);
    return index < 0 ? undefined : this.failures.splice(index, 1)[0]?.error;
  }

  private readonly handlers: Handlers = {
    GetCallerIdentity: () => ({ Arn: 'arn:aws:iam::123456789012:user/deploy' }),
    DescribeScalableTargets: () => {
      const target = this.withoutSuspendedState
        ? {}
        : { MinCapacity: 3, MaxCapacity: 10, SuspendedState: this.scaling };
      return { ScalableTargets: this.scaling ? [target] : [] };
    },
    RegisterScalableTarget: ({ SuspendedState }) => {
      this.scaling = { ...this.scaling, ...(SuspendedState as SuspendedState) };
      return {};
    },
    DescribeListeners: () => ({ Listeners: [{ DefaultActions: this.actions, ...this.listener }] }),
    DescribeLoadBalancers: () => ({ ...(this.balancer && { LoadBalancers: [this.balancer] }) }),
    DescribeTargetHealth: ({ TargetGroupArn }) => {
      const states = this.health.get(String(TargetGroupArn));
      if (!states) throw sdkError('TargetGroupNotFoundException');
      return { TargetHealthDescriptions: states.map((State) => ({ TargetHealth: { State } })) };
    },
    DescribeAlarms: ({ AlarmNames }) => ({
      MetricAlarms: this.alarms.filter(({ AlarmName }) => (AlarmNames as string[]).includes(String(AlarmName))),
    }),
    GetMetricData: ({ MetricDataQueries }) => ({
      MetricDataResults: (MetricDataQueries as { Id: string }[]).map(({ Id }) => ({ Id, Values: this.metrics[Id] })),
    }),
    DescribeLogGroups: ({ logGroupNamePrefix }) => {
      const found = [...this.logGroups].filter((name) => name.startsWith(String(logGroupNamePrefix)));
      return found.length === 0 ? {} : { logGroups: found.map((logGroupName) => ({ logGroupName })) };
    },
    DeleteLogGroup: ({ logGroupName }) => {
      if (!this.logGroups.delete(String(logGroupName))) throw sdkError('ResourceNotFoundException');
      return {};
    },
    FilterLogEvents: ({ logStreamNamePrefix, startTime, nextToken }) => {
      const events = this.logEvents.filter(
        ({ logStreamName, timestamp }) =>
          logStreamName.startsWith(String(logStreamNamePrefix)) && timestamp >= Number(startTime),
      );
      if (events.length === 0) return {};
      const first = Number(nextToken ?? 0);
      return {
        events: events.slice(first, first + 1),
        ...(first + 1 < events.length && { nextToken: String(first + 1) }),
      };
    },
    GetLogEvents: ({ logStreamName }) => {
      const lines = this.logs.get(String(logStreamName));
      if (!lines) throw sdkError('ResourceNotFoundException');
      return { events: lines.map((message) => ({ message })) };
    },
  };
}
