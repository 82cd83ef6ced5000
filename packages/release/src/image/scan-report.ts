import type { Environment } from '@nightshift/config';
import { checklistLine, type Colours } from '@nightshift/console';
import type { Finding } from './scan-findings';
import { type AllowedSeverity, type Verdict, verdictSentence } from './scan-verdict';

export interface ScanReport {
  /** As the user entered it. */
  readonly image: string;
  readonly environment: Pick<Environment, 'name'>;
  readonly allowed: AllowedSeverity;
  readonly completedAt: Date;
  readonly verdict: Verdict;
}

/** More findings are hard to read. */
const SHOWN_FINDINGS = 10;

/** The report for people, with the most severe findings. */
export function scanReport(report: ScanReport, colours: Colours): string {
  const { image, environment, allowed, completedAt, verdict } = report;
  const { passed, refused } = verdict;
  const scanned = `scanned ${completedAt.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  const title = `image ${image}`;
  const line = checklistLine(
    { mark: passed ? 'OK' : 'FAIL', title, detail: `${verdictSentence(verdict, allowed)}, ${scanned}` },
    colours,
  );
  if (passed) return line;
  const more = refused.length - SHOWN_FINDINGS;
  return [
    line.trimEnd(),
    ...refused.slice(0, SHOWN_FINDINGS).map((finding) => `       ${findingLine(finding)}`),
    ...(more > 0 ? [`       … and ${String(more)} more; use --json to see all`] : []),
    `       -> update the packages or the base image, then push and scan a new tag; the limit is registry.highestSeverity in environments/${environment.name}.yaml, or --allow`,
    '',
  ].join('\n');
}

function findingLine({ name, severity, package: affected, fixedIn, uri }: Finding): string {
  const what = affected === undefined ? `${severity} ${name}` : `${severity} ${name} in ${affected}`;
  return [what, ...(fixedIn === undefined ? [] : [`fixed in ${fixedIn}`]), ...(uri === undefined ? [] : [uri])].join(
    ', ',
  );
}
