import type { PlannedAction, PlannedChange } from '../plan-changes';

/** A change of the values at these paths. */
export const plannedChange = (action: PlannedAction, address: string, ...paths: string[]): PlannedChange => ({
  action,
  address,
  constructPath: undefined,
  reason: undefined,
  attributes: paths.map((path) => ({ path, before: '1', after: '2', forcesReplacement: action === 'replace' })),
});
