import { join } from 'node:path';
import { callerOf } from '@nightshift/aws-access';
import type { Environment } from '@nightshift/config';
import { type Colours, paint, tableLines, type Time } from '@nightshift/console';
import { describeProblem, everydayCommands, UserError, ExitCode } from '@nightshift/errors';
import { type Immutable, timeText } from '@nightshift/console/json';
import { exitCodeOf, releaseRecord, type Resumed, type ServiceStatus, serviceStatusSchema } from '@nightshift/release';
import { releaseSentence, serviceLines } from '@nightshift/release-view';
import { environmentStates, orAbsent, type StoredState, stateObjects } from '@nightshift/state-bucket';
import type { Command } from 'commander';
import { addConfigurationOption, type ConfigurationOption } from '../verb-options';
import { z } from 'zod';
import { environmentResult, resultOf } from '../json-result';
import type { Effects } from '../effects';
import {
  countsLine,
  describeHandoff,
  type HandoffNote,
  type RunFile,
  lastApply,
  readLastRun,
  releaseNeeds,
  type TerraformHandoff,
} from '@nightshift/stack-run';
import { deployCommand, onReleases, type Releases, releaseWorld, type ReleaseWorld } from './release/on-releases';
import { exitCodeOfService, problemsOfService, roomIn } from './release/status';

const stackStatus = z.object({
  stack: z.string(),
  resources: z.int().describe('Resources in the state.'),
  deployedAt: timeText
    .optional()
    .describe('The last deployment if the state is unchanged since, or the last change of the state. ISO 8601, UTC.'),
  deployedBy: z
    .string()
    .optional()
    .describe('ARN of the caller of the last deployment. Absent without a record of it.'),
  state: z
    .string()
    .describe('What the record of the last deployment and the last run on this machine say, as text for people.'),
  note: z.string().describe('What has happened since the last deployment, as text for people. Empty if nothing has.'),
});

type StackStatus = Immutable<z.output<typeof stackStatus>>;

/** The status needs the stack with the service, but no changes of a plan. */
const always = () => true;

export const output = {
  status: environmentResult('status', {
    stacks: z.array(stackStatus).describe('The stacks that have a state.'),
    service: serviceStatusSchema.optional().describe('Absent without a service.'),
    release: releaseNeeds,
    record: releaseRecord.optional().describe('The release in progress, or the newest one.'),
    window: z.string().optional().describe('The processing window that is open or opens next, as text for people.'),
  }),
};

interface StatusOptions extends ConfigurationOption {
  readonly json?: boolean;
}

export function register(command: Command, effects: Effects, world: ReleaseWorld = releaseWorld): void {
  addConfigurationOption(command)
    .description(
      'Show an environment without Terraform: its stacks with their last deployment, the service with its tasks, traffic, scaling and gates, the last release and the next processing window. Exits with 13 if a release is in progress, with 11 if traffic or tasks are on another task set than the primary one.',
    )
    .option('--json', 'print one JSON object')
    .action(async ({ json = false, ...options }: StatusOptions) => {
      await onReleases('status', options, world, effects, async (releases) => {
        const { verb, environment } = releases;
        const status = await environmentStatus(releases, effects);
        const exitCode = exitCodeOfStatus(status);
        if (json) {
          const { stacks, service, release, handoff, window } = status;
          const problems = exitCode === IN_PROGRESS ? [] : problemsOfService(service);
          const fields = { stacks, service, release: handoff?.json, record: release.record, window, exitCode };
          effects.stdout.json(output.status, { ...resultOf({ verb, environment, problems }), ...fields });
        } else {
          for (const line of statusLines(status, releases)) effects.stdout.write(`${line}\n`);
        }
        effects.exitWith(exitCode);
      });
    });
}

interface EnvironmentStatus {
  readonly stacks: readonly StackStatus[];
  /** Undefined if there is none. */
  readonly service: ServiceStatus | undefined;
  readonly noService: string | undefined;
  readonly release: Resumed;
  /** The release that is needed. */
  readonly handoff: HandoffNote | undefined;
  /** A sentence. */
  readonly window: string | undefined;
}

const IN_PROGRESS = exitCodeOf({ kind: 'detached' });

function exitCodeOfStatus({ service, release }: EnvironmentStatus): number {
  if (release.kind === 'running' || release.kind === 'starting') return IN_PROGRESS;
  return service ? exitCodeOfService(service) : ExitCode.done;
}

async function environmentStatus(releases: Releases, effects: TerraformHandoff & Time): Promise<EnvironmentStatus> {
  const { environment, context, engine } = releases;
  const { account } = await callerOf(context.clients.sts);
  const request = { Bucket: environment.state.bucket, ExpectedBucketOwner: account };
  const [states, release, service, handoff, window] = await Promise.all([
    orAbsent(environmentStates(context.clients.s3, request, environment.suffix), 'NoSuchBucket'),
    orAbsent(engine.resumeRelease(context), 'NoSuchBucket'),
    serviceOf(releases),
    describeHandoff({ environment, hasResource: always, refersTo: always }, effects, []),
    nextWindow(environment, effects.now()),
  ]);
  const stacks = [...(states ?? [])].map(async ([stack, { resources, storedAt }]) => ({
    stack,
    resources,
    ...(await knownState(stack, { resources, storedAt }, releases)),
  }));
  return { stacks: await Promise.all(stacks), release: release ?? { kind: 'nothing' }, handoff, window, ...service };
}

async function serviceOf({ context, engine }: Releases): Promise<Pick<EnvironmentStatus, 'service' | 'noService'>> {
  try {
    return { service: await engine.serviceStatus(context), noService: undefined };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { service: undefined, noService: error.problems.map(describeProblem).join('; ') };
  }
}

async function nextWindow({ processingWindows }: Environment, now: Date): Promise<string | undefined> {
  if (processingWindows.length === 0) return undefined;
  const { describeOccurrence, nextOccurrence } = await import('@nightshift/windows');
  const next = nextOccurrence(processingWindows, now);
  return next && describeOccurrence(next, now);
}

/** The state of a stack without Terraform: the record of the last deployment, and a later run on this machine. */
async function knownState(
  stack: string,
  { resources, storedAt }: Pick<StoredState, 'resources' | 'storedAt'>,
  { environment, context, effects }: Releases,
): Promise<Omit<StackStatus, 'stack' | 'resources'>> {
  const backend = { bucket: environment.state.bucket, key: `${environment.suffix}/${stack}.tfstate` };
  const directory = join(effects.root, 'cdktf.out', environment.suffix, 'stacks', stack);
  const [apply, run] = await Promise.all([lastApply(backend, stateObjects(context.clients)), readLastRun(directory)]);
  const finding = run && (apply === undefined || run.startedAt > apply.since) ? findingOf(run) : undefined;
  const plan = everydayCommands(environment).nightshift(`plan ${stack}`);
  // A deployment that changes nothing writes a record, but no state.
  const time = apply?.isCurrent ? apply.since : storedAt?.toISOString();
  const deployedAt = time === undefined ? {} : { deployedAt: time };
  if (!apply) {
    const note = finding ?? `not known: ${plan}`;
    return { ...deployedAt, state: note, note };
  }
  const { since, by, isCurrent } = apply;
  const changed =
    resources > 0
      ? `state changed since: ${plan}`
      : `destroyed${storedAt ? ` at ${minutes(storedAt.toISOString())}` : ''} (was deployed at ${minutes(since)})`;
  const note = finding ?? (isCurrent ? '' : changed);
  const state = note === '' ? `deployed at ${minutes(since)} by ${by}` : note;
  return { ...deployedAt, deployedBy: by, state, note };
}

/** @returns undefined if the run adds nothing to the record of the deployment. */
function findingOf(run: RunFile): string | undefined {
  const { verb, status, startedAt, add, change, remove } = run;
  if (status !== 'succeeded') return `${verb} ${status} at ${minutes(startedAt)}`;
  if (verb !== 'plan') return undefined;
  if (add + change + remove > 0) return `changes planned at ${minutes(startedAt)}: ${countsLine(run, 'planned')}`;
  return `no changes planned at ${minutes(startedAt)}`;
}

/** `2026-11-24 02:03` */
function minutes(time: string): string {
  return `${time.slice(0, 10)} ${time.slice(11, 16)}`;
}

function statusLines(status: EnvironmentStatus, { environment, effects }: Releases): readonly string[] {
  const { stacks, service, noService, window } = status;
  const { colours } = effects.stdout;
  const isDeployed = stacks.some(({ resources }) => resources > 0);
  const rows = stacks.map(({ stack, resources, deployedAt, deployedBy }) => [
    stack,
    String(resources),
    ...(resources === 0 ? ['-', '-'] : [deployedAt ? minutes(deployedAt) : '-', deployedBy ? nameIn(deployedBy) : '-']),
  ]);
  return [
    ...(rows.length === 0
      ? [`${environment.suffix} is not deployed - deploy it: ${deployCommand(environment)}`]
      : tableLines([['stack', 'resources', 'deployed (UTC)', 'by'], ...rows])),
    ...stacks.flatMap(({ stack, note }) => (note === '' ? [] : [`${stack}: ${note}`])),
    '',
    ...(service
      ? serviceLines(service, environment.suffix, roomIn(effects.stdout)).map((line) => paint(line, Infinity, colours))
      : []),
    ...(noService === undefined ? [] : [isDeployed ? noService : `service of ${environment.suffix}: not deployed`]),
    ...releaseLines(status, environment, colours),
    ...(window === undefined ? [] : [`processing ${window}`]),
  ];
}

/** The indent of the lines about a release, below those of a stack. */
const INDENT = '  ';

/** Such as `assumed-role/deploy/night` of an ARN. */
function nameIn(arn: string): string {
  return arn.slice(arn.lastIndexOf(':') + 1);
}

function releaseLines(
  { release, handoff }: Pick<EnvironmentStatus, 'release' | 'handoff'>,
  environment: Environment,
  colours: Colours,
): readonly string[] {
  if (release.kind !== 'running' && release.kind !== 'starting') {
    const needs = handoff?.lines(colours).map((line) => line.slice(INDENT.length)) ?? [];
    const { kind, outcome, to } = release.record ?? {};
    const wentBack = handoff?.json.some(({ reasons }) => reasons) && kind === 'rollback' && outcome === 'succeeded';
    const revision = to?.taskDefinition?.replace(/^.*\//, '');
    return wentBack && revision ? [...needs, `    (the last rollback went back to ${revision})`] : needs;
  }
  const watch = everydayCommands(environment).nightshift('release watch');
  const what = release.record ? releaseSentence(release.record) : 'a deployment of another client';
  return [`release in progress: ${what}; watch it: ${watch}`];
}
