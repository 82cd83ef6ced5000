import type { Finding } from './finding';
import { isAbove, rankOf, type AllowedSeverity } from './severity';

/** Whether an image may run (R2.3). */
export interface Verdict {
  readonly passed: boolean;
  /** How many findings there are of each severity, the highest first. */
  readonly counts: Readonly<Record<string, number>>;
  /** The worst first. */
  readonly findings: readonly Finding[];
  /** Those above what is allowed, the worst first. */
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
