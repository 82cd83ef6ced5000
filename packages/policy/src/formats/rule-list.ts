import type { RuleDescription } from '../rule';
import { counted } from './counted';

/** Every rule with what it demands, why, and where that comes from. */
export function ruleList(rules: readonly RuleDescription[]): string {
  const list = rules.map(
    ({ id, severity, what, why, sources }) => `${id} (${severity}): ${what}\n  ${why}\n  ${sources.join(', ')}`,
  );
  return [...list, counted(rules.length, 'rule')].join('\n\n');
}
