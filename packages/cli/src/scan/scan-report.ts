import type { Environment } from '@nightshift/config';
import { verdictSentence, type AllowedSeverity, type Finding, type Verdict } from '@nightshift/release/scan';
import { checklistLine } from '../checklist/checklist-line';
import type { Colours } from '../effects';

export interface ScanReport {
  /** As the user named it. */
  readonly image: string;
  readonly environment: Pick<Environment, 'name'>;
  readonly allowed: AllowedSeverity;
  readonly completedAt: Date;
  readonly verdict: Verdict;
}

/** As many as a person reads. */
const SHOWN_FINDINGS = 10;

/** The answer for a person, with the worst of what speaks against the image. */
export function scanReport(report: ScanReport, colours: Colours): string {
  const { image, environment, allowed, completedAt, verdict } = report;
  const { passed, refused } = verdict;
  const scanned = `scanned ${completedAt.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  const title = `image ${image}`;
  const line = checklistLine(
    { mark: passed ? 'OK' : 'NG', title, detail: `${verdictSentence(verdict, allowed)}, ${scanned}` },
    colours,
  );
  if (passed) return line;
  const more = refused.length - SHOWN_FINDINGS;
  return [
    line.trimEnd(),
    ...refused.slice(0, SHOWN_FINDINGS).map((finding) => `       ${findingLine(finding)}`),
    ...(more > 0 ? [`       … and ${String(more)} more; all of them: --json`] : []),
    `       -> update the packages or the base image, push under a new tag and scan that; the limit is registry.highestSeverity in environments/${environment.name}.yaml, or --allow`,
    '',
  ].join('\n');
}

function findingLine({ name, severity, package: affected, fixedIn, uri }: Finding): string {
  const what = affected === undefined ? `${severity} ${name}` : `${severity} ${name} in ${affected}`;
  return [what, ...(fixedIn === undefined ? [] : [`fixed in ${fixedIn}`]), ...(uri === undefined ? [] : [uri])].join(
    ', ',
  );
}
