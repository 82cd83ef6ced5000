import {
  type ChecklistItem,
  type End,
  type EndedWait,
  type OtherDeployment,
  type Preflight,
  type ReleaseContext,
  type ReleasePlan,
  type ReleaseRecord,
  type ReleaseRequest,
  releaseTarget,
  type Resumed,
  type ServiceStatus,
  type Snapshot,
  type StartHooks,
  type TaskLogLine,
  type TaskLogOptions,
  type TaskView,
  type WatchOptions,
} from '@nightshift/release';
import type { ReleaseEngine } from '../commands/release/on-releases';
import { environmentFixture } from '@nightshift/testing/environment';
import { recordFixture, at, snapshotFixture, statusFixture } from '@nightshift/release-view/testing';

const container = (image: string) => ({ containerDefinitions: [{ name: 'app', image }] });

const repository = '123456789012.dkr.ecr.us-east-1.amazonaws.com/ecr-repository-dev';

const network = { subnets: ['subnet-1'], securityGroups: ['sg-1'] };

/** A task set with the configuration of the environment. */
const serviceOf = ({ subnets, securityGroups }: typeof network) => ({
  platformVersion: '1.4.0',
  capacityProviderStrategy: [
    { capacityProvider: 'FARGATE_SPOT', weight: 70 },
    { capacityProvider: 'FARGATE', weight: 30 },
  ],
  networkConfiguration: { awsvpcConfiguration: { subnets, securityGroups } },
  loadBalancers: [{ containerName: 'app', containerPort: 8080 }],
});

/** The plan of a release of 9a01b7c. */
function planFixture(kind: ReleasePlan['kind'], testWaitMinutes: number): ReleasePlan {
  const { from, to } = recordFixture();
  return {
    kind,
    from,
    to,
    target: releaseTarget(environmentFixture({ file: { container: { name: 'app' } } })),
    running: { primary: serviceOf(network) },
    network,
    settings: { testWaitMinutes },
    runs: container(`${repository}@${String(from.digest)}`),
    wanted: container(`${repository}@${String(to.digest)}`),
  } as unknown as ReleasePlan;
}

/** A task that runs. */
export const task: TaskView = {
  id: '3f2a1b9c77e0aa',
  version: '1.4.2',
  taskDefinition: 'ecs-task-dev:3',
  status: 'RUNNING',
  health: 'HEALTHY',
  zone: 'us-east-1a',
  capacity: 'FARGATE',
};

/** A fake engine with the answers of a test, which records its calls. */
export class FakeEngine implements ReleaseEngine {
  readonly calls: string[] = [];
  request: ReleaseRequest | undefined;
  checks: readonly ChecklistItem[] = [{ mark: 'OK', title: 'image', detail: '9a01b7c is there' }];
  /** Results of `resumeRelease`, one per call; the last one is repeated. */
  resumed: Resumed[] = [{ kind: 'nothing' }];
  snapshots: readonly Snapshot[] = [
    snapshotFixture(),
    snapshotFixture({ time: at(38, 40), phase: 'ended', status: 'Succeeded' }),
  ];
  end: End = { kind: 'succeeded' };
  records: readonly ReleaseRecord[] = [recordFixture()];
  unreadable: readonly string[] = [];
  /** Time that CodeDeploy waits for the test of the new version. */
  testWaitMinutes = 0;
  /** The wait that a promotion ends. */
  endedWait: EndedWait = 'TERMINATION_WAIT';
  /** A warning about the images in use. */
  warning: string | undefined;
  /** The newest deployment, if no release on record made it. */
  other: OtherDeployment | undefined;
  status: ServiceStatus = statusFixture();
  tasks: readonly TaskView[] = [];
  lines: readonly TaskLogLine[] = [];
  logOptions: TaskLogOptions | undefined;
  /** Called when a watch has begun, before it ends. */
  whileWatching: (options: WatchOptions) => Promise<void> = () => Promise.resolve();
  /** Called after a watch, before its end is reported. */
  whileReporting: () => void = () => undefined;
  failure: { readonly of: string; readonly error: unknown } | undefined;

  readonly preflight = async (_context: unknown, request: ReleaseRequest): Promise<Preflight> => {
    await this.ask('preflight');
    this.request = request;
    const problems = this.checks
      .filter(({ mark }) => mark === 'FAIL')
      .map(({ title, detail, remedy }) => ({ where: title, what: detail, todo: String(remedy) }));
    const plan = problems.length === 0 ? planFixture(request.kind, this.testWaitMinutes) : undefined;
    return { groups: [{ title: 'Version', items: this.checks }], problems, plan };
  };

  readonly startRelease = async (_context: ReleaseContext, _plan: ReleasePlan, hooks?: StartHooks): Promise<string> => {
    for (const step of ['begin', 'note-scaling', 'suspend', 'register', 'deploy'] as const) hooks?.onStep?.(step);
    await this.ask('start');
    return 'd-8QZ4K1P2N';
  };

  readonly watchRelease = async (
    _context: ReleaseContext,
    deploymentId: string,
    given?: WatchOptions,
  ): Promise<End> => {
    const options = given as WatchOptions;
    await this.ask(`watch ${deploymentId}`);
    for (const snapshot of this.snapshots) options.onSnapshot?.(snapshot);
    await this.whileWatching(options);
    return options.signal?.aborted ? { kind: 'detached' } : this.end;
  };

  readonly resumeRelease = async (): Promise<Resumed> => {
    await this.ask('resume');
    return (this.resumed.length > 1 ? this.resumed.shift() : this.resumed[0]) as Resumed;
  };

  readonly stopRelease = async (_context: unknown, deploymentId: string): Promise<void> => {
    await this.ask(`stop ${deploymentId}`);
  };

  readonly promoteRelease = async (_context: unknown, deploymentId: string): Promise<EndedWait> => {
    await this.ask(`promote ${deploymentId}`);
    return this.endedWait;
  };

  readonly releaseHistory = async (_context: unknown, limit: number) => {
    await this.ask(`history ${String(limit)}`);
    this.whileReporting();
    return { records: this.records, unreadable: this.unreadable };
  };

  readonly otherDeployment = () => Promise.resolve(this.other);

  readonly imageWarning = () => Promise.resolve(this.warning);

  readonly serviceStatus = async (): Promise<ServiceStatus> => {
    await this.ask('status');
    return this.status;
  };

  readonly serviceTasks = () => Promise.resolve(this.tasks);

  readonly serviceUrl = () => Promise.resolve('http://alb-dev-1.us-east-1.elb.amazonaws.com');

  readonly taskLogs = (_context: unknown, options: TaskLogOptions) => {
    this.logOptions = options;
    return written(this.lines);
  };

  readonly runningTask = () => Promise.resolve(this.tasks[0] as TaskView);

  readonly taskVariables = () => Promise.resolve({ LOG_LEVEL: 'debug' });

  readonly startExec = async (_context: unknown, command: string, wanted: string | undefined) => {
    await this.ask(`exec ${String(wanted)}: ${command}`);
    const session = { sessionId: 's-1', streamUrl: 'wss://ssm', tokenValue: 'token' };
    return { task: this.tasks[0] as TaskView, session };
  };

  private ask(what: string): Promise<void> {
    this.calls.push(what);
    return this.failure?.of === what ? Promise.reject(this.failure.error as Error) : Promise.resolve();
  }
}

async function* written(lines: readonly TaskLogLine[]): AsyncGenerator<TaskLogLine> {
  for (const line of lines) yield await Promise.resolve(line);
}
