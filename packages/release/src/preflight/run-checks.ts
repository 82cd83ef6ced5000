import { describeProblem, UserError } from '@nightshift/errors';
import type { Check, CheckGroup, Finding } from './check';
import type { ChecklistItem } from './checklist-item';
import { deniedFinding } from './denied-finding';

/** What the checks of one group found. */
export interface PreflightGroup {
  readonly title: string;
  readonly items: readonly ChecklistItem[];
}

/**
 * Looks at everything at once.
 * @throws what AWS answered where that is neither a user's to put right nor a missing permission.
 */
export async function runChecks(groups: readonly CheckGroup[]): Promise<readonly PreflightGroup[]> {
  const looks = await Promise.all(
    groups.map(({ checks }) => Promise.allSettled(checks.map(async (one) => one.look()))),
  );
  /** A reading that several checks need fails them all, and is told of once: at the first of them. */
  const told = new Map<unknown, string>();
  return groups.map(({ title, checks }, group) => ({
    title,
    items: checks.map((check, index) => {
      const result = looks[group]?.[index] as PromiseSettledResult<Finding>;
      return { title: check.title, ...(result.status === 'fulfilled' ? result.value : failed(check, result, told)) };
    }),
  }));
}

function failed({ title }: Check, { reason }: PromiseRejectedResult, told: Map<unknown, string>): Finding {
  const former = told.get(reason);
  if (former !== undefined) return { mark: 'SKIP', detail: `not looked at, as it needs: ${former}` };
  told.set(reason, title);
  if (reason instanceof UserError) return ofProblems(reason);
  const denied = deniedFinding(reason);
  if (denied) return denied;
  throw reason;
}

function ofProblems({ problems }: UserError): Finding {
  const [first, ...others] = problems as [UserError['problems'][number], ...UserError['problems']];
  const { where, what, got, todo } = first;
  const detail = `${where}: ${what}${got === undefined ? '' : `, got ${got}`}`;
  return { mark: 'NG', detail: [detail, ...others.map(describeProblem)].join('; '), remedy: todo };
}
