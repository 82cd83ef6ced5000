import type { Environment } from '@nightshift/config';
import { checklistLine } from '../checklist/checklist-line';
import type { Colours } from '../effects';
import type { Finding } from './finding';
import type { AllowedSeverity } from './severity';
import type { Verdict } from './verdict';

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

/** The answer as one sentence, such as `no finding above HIGH (3 MEDIUM, 1 LOW)`. */
export function sentence({ allowed, verdict }: Pick<ScanReport, 'allowed' | 'verdict'>): string {
  const { refused, findings } = verdict;
  if (findings.length === 0) return 'no finding';
  const plural = refused.length === 1 ? 'finding' : 'findings';
  const number = refused.length === 0 ? 'no finding' : `${String(refused.length)} ${plural}`;
  const counts = Object.entries(verdict.counts).map(([severity, count]) => `${String(count)} ${severity}`);
  return `${number} above ${allowed} (${counts.join(', ')})`;
}

/** The answer for a person, with the worst of what speaks against the image. */
export function scanReport(report: ScanReport, colours: Colours): string {
  const { image, environment, completedAt, verdict } = report;
  const { passed, refused } = verdict;
  const scanned = `scanned ${completedAt.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  const title = `image ${image}`;
  const line = checklistLine({ mark: passed ? 'OK' : 'NG', title, detail: `${sentence(report)}, ${scanned}` }, colours);
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
