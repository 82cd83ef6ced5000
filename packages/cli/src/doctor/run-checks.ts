import { UserError, type Problem } from '@nightshift/errors';
import type { ChecklistItem } from '../checklist/checklist-line';
import type { Check, Finding } from './check';

/** Runs checks side by side, each as soon as what it needs is OK; tells of them in the order of the list. */
export async function runChecks(
  checks: readonly Check[],
  onItem: (item: ChecklistItem) => void = () => undefined,
): Promise<ChecklistItem[]> {
  const running = new Map<string, Promise<ChecklistItem>>();
  for (const check of checks) {
    const item = resultOf(check, running);
    // A defect is thrown below, when it is this check's turn, and must not end the process before.
    item.catch(() => undefined);
    running.set(check.title, item);
  }
  const items: ChecklistItem[] = [];
  for (const item of running.values()) {
    items.push(await item);
    onItem(await item);
  }
  return items;
}

async function resultOf(
  { title, needs = [], look }: Check,
  running: ReadonlyMap<string, Promise<ChecklistItem>>,
): Promise<ChecklistItem> {
  for (const need of needs) {
    const before = await running.get(need);
    if (before?.mark !== 'OK') return { title, mark: 'SKIP', detail: `needs ${need}` };
  }
  try {
    return { title, ...(await look()) };
  } catch (error) {
    if (error instanceof UserError) return { title, ...notGood(error.problems) };
    throw error;
  }
}

function notGood(problems: readonly Problem[]): Finding {
  return {
    mark: 'NG',
    detail: problems.map(({ what, got }) => (got === undefined ? what : `${what}, got ${got}`)).join('; '),
    remedy: [...new Set(problems.map(({ todo }) => todo))].join('; '),
  };
}
