import type { AllowedSeverity } from './severity';
import type { Verdict } from './verdict';

/** A verdict as one sentence, such as `no finding above HIGH (3 MEDIUM, 1 LOW)`. */
export function verdictSentence(verdict: Verdict, allowed: AllowedSeverity): string {
  const { refused, findings } = verdict;
  if (findings.length === 0) return 'no finding';
  const plural = refused.length === 1 ? 'finding' : 'findings';
  const number = refused.length === 0 ? 'no finding' : `${String(refused.length)} ${plural}`;
  const counts = Object.entries(verdict.counts).map(([severity, count]) => `${String(count)} ${severity}`);
  return `${number} above ${allowed} (${counts.join(', ')})`;
}
