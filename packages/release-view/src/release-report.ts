import { access, appendFile, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fencedBlock, oneLine, plainText, type Terminal, warnOn, wholeSeconds } from '@nightshift/console';
import { keepRecord } from '@nightshift/files';
import type { Phase, ReleaseRecord, ReleaseVersion, Snapshot } from '@nightshift/release';
import { limitOf, repeatedStops, stoppedTaskLines, valueOf } from './cockpit-lines';
import { verifiedText } from './release-end';
import { releasePhases, taskSetName, utcTime } from './release-text';

interface WriteReportProps {
  readonly suffix: string;
  readonly deploymentId: string;
  readonly markdown: string;
  /**
   * `always` after watching the release; `unless-there` without watching it, since the report of a watcher has more details; `never` before
   * the release has ended.
   */
  readonly keep: 'always' | 'unless-there' | 'never';
  /** A file to append the report to, relative to the current directory. @default - the GitHub job summary */
  readonly summary: string | undefined;
  readonly effects: Pick<Terminal, 'stderr'> & {
    /** The variables of the process. */
    readonly env: Readonly<Record<string, string | undefined>>;
    /** The root directory of the workspace. */
    readonly root: string;
    /** The directory in which the user called the command. */
    readonly cwd: string;
  };
}

/**
 * Writes the report of a release next to the synthesized files, and adds it to the job summary.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#adding-a-job-summary
 * @returns its path, relative to the workspace; undefined without a report.
 */
export async function writeReport({
  suffix,
  deploymentId,
  markdown,
  keep,
  summary,
  effects,
}: WriteReportProps): Promise<string | undefined> {
  const summaryFile = summary ?? effects.env['GITHUB_STEP_SUMMARY'];
  const warn = warnOn(effects.stderr);
  if (summaryFile) {
    await keepRecord('the summary', () => appendFile(resolve(effects.cwd, summaryFile), markdown), warn);
  }
  if (keep === 'never') return undefined;
  const path = join('cdktf.out', suffix, 'releases', `${deploymentId}.md`);
  const file = join(effects.root, path);
  const write = async () => {
    await mkdir(dirname(file), { recursive: true });
    if (keep === 'always' || !(await isThere(file))) await writeFile(file, markdown);
  };
  return (await keepRecord('the report', write, warn)) ? path : undefined;
}

async function isThere(file: string): Promise<boolean> {
  return await access(file).then(
    () => true,
    () => false,
  );
}

interface ReportProps {
  /** The first line of the conclusion. */
  readonly title: string;
  readonly deploymentId: string;
  /** @default - unknown */
  readonly record: ReleaseRecord | undefined;
  /** The last snapshot. @default - none */
  readonly snapshot: Snapshot | undefined;
  /** The endpoint that replaced AWS. @default - AWS or the local cloud */
  readonly endpoint?: string | undefined;
}

/** More lines are hard to read. */
const LOG_LINES = 20;

/** The report of a release as Markdown. */
export function releaseMarkdown({ title, deploymentId, record, snapshot, endpoint }: ReportProps): string {
  const parts = [
    `### ${plainText(title)}`,
    facts(deploymentId, record, endpoint),
    snapshot && taskSets(snapshot),
    snapshot && gates(snapshot),
    snapshot && snapshot.stoppedTasks.length > 0 && details('Stopped tasks', stopped(snapshot)),
    record && record.events.length > 0 && details('Events', record.events.map(eventLine)),
  ];
  return `${parts.filter(Boolean).join('\n\n')}\n\n`;
}

function facts(deploymentId: string, record: ReleaseRecord | undefined, endpoint: string | undefined): string {
  const rows: [string, string | undefined][] = [
    ['deployment', deploymentId],
    ['AWS endpoint', endpoint],
    ['from', record && version(record.from)],
    ['to', record && version(record.to)],
    ['by', record?.by],
    ['started', record && utcTime(record.startedAt)],
    ['ended', record?.endedAt && utcTime(record.endedAt)],
    ['why', record?.cause],
    ['verified', record && verifiedText(record)],
    ['processing window overridden, reason', record?.duringWindow],
    ['phases', record && phases(record)],
  ];
  return table(
    ['', ''],
    rows.flatMap(([name, value]) => (value ? [[name, value]] : [])),
  );
}

function version({ tag, digest, taskDefinition }: ReleaseVersion): string {
  return [tag, digest, taskDefinition?.replace(/^.*\//, '')].filter(Boolean).join(', ');
}

function phases({ durations }: ReleaseRecord): string {
  return Object.entries(durations)
    .map(([phase, seconds]) => `${releasePhases[phase as Phase]} ${wholeSeconds(seconds * 1000)}`)
    .join(', ');
}

function taskSets(snapshot: Snapshot): string {
  return table(
    ['', 'version', 'task definition', 'traffic', 'running', 'failed', 'healthy', 'Spot'],
    snapshot.taskSets.map((set) => [
      taskSetName(set),
      set.version,
      set.taskDefinition,
      `${String(set.trafficPercent)} %`,
      `${String(set.running)} of ${String(set.desired)}`,
      String(set.failed),
      String(set.healthy),
      `${String(set.spot)} of ${String(set.spot + set.onDemand)}`,
    ]),
  );
}

function gates({ alarms }: Snapshot): string {
  return table(
    ['gate', 'state', 'latest', 'alarm at'],
    alarms.map((gate) => [gate.name, gate.state, valueOf(gate), limitOf(gate)]),
  );
}

function stopped({ stoppedTasks }: Snapshot): readonly string[] {
  return repeatedStops(stoppedTasks).flatMap((stops) => stoppedTaskLines(stops, LOG_LINES).map((line) => textOf(line)));
}

function textOf(line: readonly { readonly text: string }[]): string {
  return line.map(({ text }) => text).join('');
}

function eventLine({ time, text }: ReleaseRecord['events'][number]): string {
  return `${utcTime(time)} ${oneLine(text)}`;
}

function details(title: string, lines: readonly string[]): string {
  return `<details><summary>${title}</summary>\n\n${fencedBlock(lines)}\n\n</details>`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[]) => `| ${cells.map(plainText).join(' | ')} |`;
  return [row(head), `|${' --- |'.repeat(head.length)}`, ...rows.map(row)].join('\n');
}
