import type { Environment } from '@nightshift/config';
import type { Finding } from './scan-findings';

/** The decision whether an image can run (R2.3). */
export interface Verdict {
  readonly passed: boolean;
  /** The number of findings per severity, highest severity first. */
  readonly counts: Readonly<Record<string, number>>;
  /** The worst first. */
  readonly findings: readonly Finding[];
  /** Findings above the allowed severity, the worst first. */
  readonly refused: readonly Finding[];
}

export function verdictOf(found: readonly Finding[], allowed: AllowedSeverity): Verdict {
  const findings = [...found].sort(
    (one, other) => rankOf(other.severity) - rankOf(one.severity) || one.name.localeCompare(other.name),
  );
  const refused = findings.filter(({ severity }) => isAbove(severity, allowed));
  const counts: Record<string, number> = {};
  for (const { severity } of findings) counts[severity] = (counts[severity] ?? 0) + 1;
  return { passed: refused.length === 0, counts, findings, refused };
}

/** A verdict as one sentence, such as `no finding above HIGH (3 MEDIUM, 1 LOW)`. */
export function verdictSentence(verdict: Verdict, allowed: AllowedSeverity): string {
  const { refused, findings } = verdict;
  if (findings.length === 0) return 'no finding';
  const plural = refused.length === 1 ? 'finding' : 'findings';
  const number = refused.length === 0 ? 'no finding' : `${String(refused.length)} ${plural}`;
  const counts = Object.entries(verdict.counts).map(([severity, count]) => `${String(count)} ${severity}`);
  return `${number} above ${allowed} (${counts.join(', ')})`;
}

/** The highest severity that an image may have. */
export type AllowedSeverity = Environment['registry']['highestSeverity'];

/** Lowest first. */
export const allowedSeverities = [
  'NONE',
  'INFORMATIONAL',
  'LOW',
  'MEDIUM',
  'HIGH',
  'CRITICAL',
] as const satisfies readonly AllowedSeverity[];

/**
 * The rank of a severity. `UNDEFINED` and `UNTRIAGED` count as `INFORMATIONAL`: these findings have no assessment yet, and a new image does
 * not change that.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning-troubleshooting.html
 */
function rankOf(severity: string): number {
  const known: readonly string[] = allowedSeverities;
  return Math.max(known.indexOf(severity), known.indexOf('INFORMATIONAL'));
}

function isAbove(severity: string, allowed: AllowedSeverity): boolean {
  return rankOf(severity) > allowedSeverities.indexOf(allowed);
}
