import { foreignEndpoint, type ProcessVariables } from '@nightshift/aws-access';
import type { Environment } from '@nightshift/config';
import { wholeSeconds, oneLine, type Colours, type Terminal } from '@nightshift/console';
import { describeProblem, everydayCommands, type EverydayCommands } from '@nightshift/errors';
import {
  type End,
  exitCodeOf,
  type ReleaseContext,
  type ReleaseRecord,
  type ReleaseVersion,
  type Snapshot,
  type TaskSetView,
  versionName,
} from '@nightshift/release';
import { releaseMarkdown, writeReport } from '@nightshift/release-view';
import type { Directories, ProcessControl } from '@nightshift/stack-run';
import type { ReleaseEngine } from './on-releases';
import { evidenceLines } from './release-evidence';

interface ReportEndProps {
  readonly verb: string;
  readonly environment: Environment;
  readonly context: ReleaseContext;
  readonly engine: ReleaseEngine;
  readonly watched: Watched;
  readonly json: boolean;
  /** Where the report is appended as Markdown. */
  readonly summary: string | undefined;
  readonly effects: Terminal & ProcessVariables & Directories & ProcessControl;
}

/** Reports the end of a watched release: as text or JSON, in the report file, and by the exit code. */
export async function reportEnd(props: ReportEndProps): Promise<void> {
  const { verb, environment, context, engine, watched, json, summary, effects } = props;
  const { suffix } = environment;
  const { deploymentId, end, snapshot } = watched;
  const { write, colours } = effects.stdout;
  const { records } = await engine.releaseHistory(context, 1);
  const record = records.find((one) => one.deploymentId === deploymentId);
  const kind = record?.kind ?? 'release';
  const [title, ...advice] = conclusion({
    kind,
    suffix,
    end,
    snapshot,
    record,
    commands: everydayCommands(environment),
  });
  const endpoint = await foreignEndpoint(environment, effects);
  const markdown = releaseMarkdown({ title, deploymentId, record, snapshot, endpoint });
  const keep = end.kind === 'detached' ? 'never' : snapshot ? 'always' : 'unless-there';
  const report = await writeReport({ suffix, deploymentId, markdown, keep, summary, effects });
  if (json) {
    const { verification, traffic } = record ?? {};
    write(releaseResult({ verb, environment, end, deploymentId, report, endpoint, verification, traffic }));
  } else {
    const lines = [
      ...advice,
      ...(record && end.kind !== 'detached' ? evidenceLines(record) : []),
      ...(report === undefined ? [] : [`  report: ${report}`]),
      ...(endpoint === undefined ? [] : [`  AWS endpoint: ${endpoint}`]),
    ];
    write([paintEnd(end, colours)(title), ...lines, ''].join('\n'));
  }
  effects.exitWith(exitCodeOf(end));
}

interface ConclusionProps {
  readonly kind: 'release' | 'rollback';
  readonly suffix: string;
  /** Other than `refused`, which was said before anything began. */
  readonly end: WatchedEnd;
  /** What was seen last. @default - nothing */
  readonly snapshot: Snapshot | undefined;
  /** @default - nothing is known of it */
  readonly record: ReleaseRecord | undefined;
  readonly commands: EverydayCommands;
}

/** The ends of a watched release. */
export type WatchedEnd = Exclude<End, { readonly kind: 'refused' }>;

/** The outcome and the next steps. The first line is a complete sentence. */
export function conclusion(props: ConclusionProps): readonly [string, ...string[]] {
  const { kind, suffix, end, snapshot, record, commands } = props;
  const blue = versionOf(snapshot, 'blue') ?? recorded(record?.from) ?? 'the previous version';
  const green = versionOf(snapshot, 'green') ?? recorded(record?.to) ?? 'the new version';
  const took = snapshot ? ` (${wholeSeconds(Number(snapshot.time) - Number(snapshot.startedAt))})` : '';
  switch (end.kind) {
    case 'succeeded':
      return [`${kind} of ${suffix} succeeded: ${green} has all traffic${took}`];
    case 'rolled-back':
      return [
        `${kind} of ${suffix} failed and was rolled back: ${blue} has all traffic${took}`,
        `  why: ${oneLine(end.cause)}`,
        `  details: ${commands.nightshift('release history')}`,
      ];
    case 'rollback-failed':
      return [
        `${kind} of ${suffix} failed, and THE ROLLBACK FAILED: act now${took}`,
        `  why: ${oneLine(end.cause)}`,
        `  what to do: see docs/runbooks/rollback-failed.md and ${commands.nightshift('release status')}`,
      ];
    case 'stopped':
      return [`${kind} of ${suffix} was stopped: ${blue} has all traffic${took}`];
    case 'detached':
      return [
        `${kind} of ${suffix} continues without being watched${end.cause === undefined ? '' : `: ${oneLine(end.cause)}`}`,
        `  watch: ${commands.nightshift('release watch')}`,
        `  stop:  ${commands.nightshift('release stop')}`,
        ...(waitsForTest(props) ? ['  no traffic moves before release watch has tested the new version'] : []),
        '  scale-in stays suspended until the next deploy, plan, doctor or release command after the end of the release',
      ];
  }
}

/** Only a watch tests the new version; CodeDeploy waits an hour for it. */
function waitsForTest({ snapshot, record }: Pick<ConclusionProps, 'snapshot' | 'record'>): boolean {
  const before = snapshot !== undefined && ['created', 'installing', 'testing'].includes(snapshot.phase);
  return before && record !== undefined && record.verification === undefined;
}

function versionOf(snapshot: Snapshot | undefined, label: TaskSetView['label']): string | undefined {
  return snapshot?.taskSets.find((set) => set.label === label)?.version;
}

function recorded(version: ReleaseVersion | undefined): string | undefined {
  return version && versionName(version);
}

/** Green for success, red for a failure, otherwise yellow. */
export function paintEnd({ kind }: WatchedEnd, colours: Colours): (text: string) => string {
  if (kind === 'succeeded') return colours.green;
  return kind === 'detached' || kind === 'stopped' ? colours.yellow : colours.red;
}

interface ReleaseResult {
  readonly verb: string;
  readonly environment: Pick<Environment, 'name' | 'suffix'>;
  readonly end: End;
  /** What the verb has to say beside that. */
  readonly [field: string]: unknown;
}

/** The last line of `--json`. A detached release has not failed. */
export function releaseResult({ verb, environment: { name, suffix }, end, ...fields }: ReleaseResult): string {
  const status = end.kind === 'succeeded' ? 'succeeded' : end.kind === 'detached' ? 'running' : 'failed';
  const line = {
    type: 'result',
    verb,
    environment: name,
    suffix,
    status,
    end: end.kind,
    ...('cause' in end && { cause: end.cause }),
    ...('problems' in end && { problems: end.problems.map(describeProblem) }),
    ...fields,
    exitCode: exitCodeOf(end),
  };
  return `${JSON.stringify(line)}\n`;
}

export interface Watched {
  readonly deploymentId: string;
  readonly end: WatchedEnd;
  /** What was seen last. @default - nothing was */
  readonly snapshot: Snapshot | undefined;
}
