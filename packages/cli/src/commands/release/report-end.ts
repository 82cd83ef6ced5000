import { foreignEndpoint, type ProcessVariables } from '@nightshift/aws-access';
import type { Environment } from '@nightshift/config';
import type { Terminal, ProcessControl } from '@nightshift/console';
import { describeProblem, everydayCommands } from '@nightshift/errors';
import { type End, exitCodeOf, type ReleaseContext, releaseRecord, type Snapshot } from '@nightshift/release';
import {
  releaseMarkdown,
  writeReport,
  releaseConclusion,
  paintEnd,
  type WatchedEnd,
  evidenceLines,
} from '@nightshift/release-view';
import type { Directories } from '@nightshift/stack-run';
import { z } from 'zod';
import { environmentResult, resultOf } from '../../json-result';
import type { ReleaseEngine } from './on-releases';

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
  const [title, ...advice] = releaseConclusion({
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
    const result = releaseEnd({ verb, environment, end });
    effects.stdout.json(releaseResult(verb), { ...result, deploymentId, report, endpoint, verification, traffic });
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

/** The schema of the result of a verb on releases. */
export function releaseResult(verb: string) {
  return environmentResult(verb, {
    end: z
      .enum(['succeeded', 'rolled-back', 'rollback-failed', 'stopped', 'detached', 'refused'])
      .optional()
      .describe('The outcome of the release; absent without a release.'),
    cause: z.string().optional().describe('Why it failed, or why it is no longer watched.'),
    deploymentId: z.string().optional().describe('Id of CodeDeploy.'),
    checked: z.boolean().optional().describe('True with `--check`: all checks passed, and nothing was changed.'),
    report: z.string().optional().describe('Path of the report.'),
    endpoint: z.string().optional().describe('Where calls went instead of to AWS.'),
    verification: releaseRecord.unwrap().shape.verification,
    traffic: releaseRecord.unwrap().shape.traffic,
    imageWarning: z
      .string()
      .optional()
      .describe('`release status` while a release is in progress: an image in use is missing or about to expire.'),
    record: releaseRecord.optional().describe('Of `release status`: the release in progress, or the newest one.'),
  }).extend({
    status: z.enum(['succeeded', 'running', 'failed']).describe('`running`: the release continues.'),
  });
}

interface EndProps {
  readonly verb: string;
  readonly environment: Pick<Environment, 'name' | 'suffix'>;
  readonly end: End;
}

/** The fields of a `releaseResult` that follow from the end of the release. A detached release has not failed. */
export function releaseEnd({ verb, environment, end }: EndProps) {
  return {
    ...resultOf({ verb, environment, problems: problemsOfEnd(end) }),
    ...(end.kind === 'detached' && { status: 'running' as const }),
    end: end.kind,
    ...('cause' in end && { cause: end.cause }),
    exitCode: exitCodeOf(end),
  };
}

function problemsOfEnd(end: End): readonly string[] {
  switch (end.kind) {
    case 'succeeded':
    case 'detached':
      return [];
    case 'refused':
      return end.problems.map(describeProblem);
    case 'stopped':
      return ['the release was stopped'];
    case 'rolled-back':
    case 'rollback-failed':
      return [end.cause];
  }
}

export interface Watched {
  readonly deploymentId: string;
  readonly end: WatchedEnd;
  /** The last snapshot. @default - none */
  readonly snapshot: Snapshot | undefined;
}
