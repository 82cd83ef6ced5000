import type { DefinitionChange } from './definition-change';

/** Changes as text, a line each: `~ image: 1.4.1 (sha256:…) → 1.4.2 (sha256:…)`, `+ environment LOG_LEVEL: debug`, `- secret DB: /risk/db`. */
export function diffLines(changes: readonly DefinitionChange[]): readonly string[] {
  if (changes.length === 0) return ['the same task definition, image and service: the tasks are replaced by the like'];
  return changes.map(({ what, before, after }) => {
    if (before === undefined) return `+ ${what}: ${String(after)}`;
    if (after === undefined) return `- ${what}: ${before}`;
    return `~ ${what}: ${before} → ${after}`;
  });
}
