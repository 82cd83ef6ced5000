import { serviceDifferences } from '../agreement/service-differences';
import type { ReleasePlan } from '../planning/plan-release';
import type { DefinitionChange } from './definition-change';
import { diffDefinitions } from './diff-definitions';

type Plan = Pick<ReleasePlan, 'runs' | 'wanted' | 'from' | 'to' | 'target' | 'network'> & {
  readonly running: Pick<ReleasePlan['running'], 'primary'>;
};

/** All that differs between the tasks that run and those that a release will start: what they are made from, on what and where they run. */
export function diffRelease(plan: Plan): readonly DefinitionChange[] {
  const service = serviceDifferences(plan.running.primary, plan.target, plan.network);
  return [...diffDefinitions(plan), ...service.map((difference) => ({ kind: 'service' as const, ...difference }))];
}
