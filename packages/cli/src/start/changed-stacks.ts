import type { StoredState } from '../state-bucket/stored-state';

type States = ReadonlyMap<string, StoredState>;

/** Which stacks changed between two looks at their states: Terraform writes a state only when something did. */
export function changedStacks(before: States, after: States): string[] {
  return [...after].filter(([stack, { serial }]) => before.get(stack)?.serial !== serial).map(([stack]) => stack);
}
