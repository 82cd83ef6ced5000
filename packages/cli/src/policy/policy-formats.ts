import type { Report } from '@nightshift/policy';
import type { Colours } from '../effects';
import { ExitCode } from '../exit-code';
import type { Judged } from './judged';

/** What was judged, and what came of it. */
export interface JudgedReport extends Judged {
  readonly report: Report;
}

export const policyFormats = ['text', 'table', 'json', 'sarif'] as const;
export type PolicyFormat = (typeof policyFormats)[number];

interface Formatting {
  readonly colours: Colours;
  /** Version of the command. */
  readonly version: string;
}

/** Reports as they are printed. */
export async function formatted(
  format: PolicyFormat,
  judged: readonly JudgedReport[],
  { colours, version }: Formatting,
): Promise<string> {
  const { reportJson, reportSarif, reportText, ruleTable } = await import('@nightshift/policy');
  const titled = (show: (report: Report) => string) =>
    judged
      .map(({ name, report }) => `${judged.length > 1 ? `${colours.bold(name)}\n\n` : ''}${show(report)}\n`)
      .join('\n');
  switch (format) {
    case 'text':
      return titled(reportText);
    case 'table':
      return titled(ruleTable);
    case 'json':
      return `${JSON.stringify({
        type: 'result',
        verb: 'policy',
        status: passed(judged) ? 'succeeded' : 'failed',
        judged: judged.map(({ name, report }) => ({ name, ...reportJson(report) })),
        exitCode: passed(judged) ? ExitCode.done : ExitCode.userMustAct,
      })}\n`;
    case 'sarif':
      return `${JSON.stringify(
        reportSarif(
          judged.map(({ name, report, fileOf }) => ({ name, report, fileOf })),
          version,
        ),
        undefined,
        2,
      )}\n`;
  }
}

/** Nothing refuses. */
export function passed(judged: readonly JudgedReport[]): boolean {
  return judged.every(({ report }) => report.passed);
}
