import { access, appendFile, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Effects } from '../../effects';
import { keepRecord, warnOn } from '../../system-error';

interface WriteReportProps {
  readonly suffix: string;
  readonly deploymentId: string;
  readonly markdown: string;
  /**
   * Who has watched knows the most; who has not writes a report only where there is none; while the release goes on there is none to
   * keep.
   */
  readonly keep: 'always' | 'unless-there' | 'never';
  /** Where it is appended too, relative to where the user stands. @default - the summary of the job, on GitHub */
  readonly summary: string | undefined;
  readonly effects: Pick<Effects, 'root' | 'cwd' | 'env' | 'stderr'>;
}

/**
 * Keeps the report of a release beside what was synthesized, and adds it to the summary of the job.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#adding-a-job-summary
 * @returns where it is, relative to the workspace; undefined where none was kept.
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
