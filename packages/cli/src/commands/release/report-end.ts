import { foreignEndpoint, type ProcessVariables } from '@nightshift/aws-access';
import type { Environment } from '@nightshift/config';
import type { Terminal } from '@nightshift/console';
import { describeProblem, everydayCommands } from '@nightshift/errors';
import { type End, exitCodeOf, type ReleaseContext, type Snapshot } from '@nightshift/release';
import {
  releaseMarkdown,
  writeReport,
  releaseConclusion,
  paintEnd,
  type WatchedEnd,
  evidenceLines,
} from '@nightshift/release-view';
import type { Directories, ProcessControl } from '@nightshift/stack-run';
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
