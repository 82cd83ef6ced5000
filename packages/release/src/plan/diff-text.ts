import { serviceDifferences } from '../terraform-handoff';
import { type DefinitionChange, diffDefinitions } from './definition-diff';
import type { ReleasePlan } from './plan-release';

/** Changes as text, a line each: `~ image: 1.4.1 (sha256:…) → 1.4.2 (sha256:…)`, `+ environment LOG_LEVEL: debug`, `- secret DB: /risk/db`. */
export function diffLines(changes: readonly DefinitionChange[]): readonly string[] {
  if (changes.length === 0) return ['no differences in task definition, image and service; the tasks are replaced'];
  return changes.map(({ what, before, after }) => {
    if (before === undefined) return `+ ${what}: ${String(after)}`;
    if (after === undefined) return `- ${what}: ${before}`;
    return `~ ${what}: ${before} → ${after}`;
  });
}

type Plan = Pick<ReleasePlan, 'runs' | 'wanted' | 'from' | 'to' | 'target' | 'network'> & {
  readonly running: Pick<ReleasePlan['running'], 'primary'>;
};

/** All differences between the running tasks and those of a release: task definition, capacity and network. */
export function diffRelease(plan: Plan): readonly DefinitionChange[] {
  const service = serviceDifferences(plan.running.primary, plan.target, plan.network);
  return [...diffDefinitions(plan), ...service.map((difference) => ({ kind: 'service' as const, ...difference }))];
}
