import type { Environment } from '@nightshift/config';
import { everydayCommands } from '@nightshift/errors';
import { exitCodeOf, type ReleaseContext } from '@nightshift/release';
import type { Effects } from '../../effects';
import { foreignEndpoint } from '../../environment/cloud-environment';
import { releaseMarkdown } from '../report/release-markdown';
import { writeReport } from '../report/write-report';
import { releaseResult } from '../release-result';
import type { ReleaseEngine } from '../world/release-engine';
import { conclusion, paintEnd } from './conclusion';
import type { Watched } from './watch-to-end';

interface ReportEndProps {
  readonly verb: string;
  readonly environment: Environment;
  readonly context: ReleaseContext;
  readonly engine: ReleaseEngine;
  readonly watched: Watched;
  readonly json: boolean;
  /** Where the report is appended as Markdown. */
  readonly summary: string | undefined;
  readonly effects: Effects;
}

/** Says how a watched release ended: to a person or a program, in the report, by the exit code. */
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
    write(releaseResult({ verb, environment, end, deploymentId, report, endpoint }));
  } else {
    const lines = [
      ...advice,
      ...(report === undefined ? [] : [`  report: ${report}`]),
      ...(endpoint === undefined ? [] : [`  AWS calls went to ${endpoint}`]),
    ];
    write([paintEnd(end, colours)(title), ...lines, ''].join('\n'));
  }
  effects.exitWith(exitCodeOf(end));
}
