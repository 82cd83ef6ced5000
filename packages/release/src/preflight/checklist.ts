import type { Immutable } from '@nightshift/console/json';
import { type Problem, UserError } from '@nightshift/errors';
import { z } from 'zod';
import { deniedAction } from '../aws-answers';

const mark = z
  .enum(['OK', 'WARN', 'FAIL', 'SKIP'])
  .describe('`WARN`: enough today, but not if the environment grows. `SKIP`: not checked, or not required.');

export type Mark = z.output<typeof mark>;

/** The result of a check; the check has the title. */
export const checkFinding = z.object({
  mark,
  detail: z.string().describe('The result of the check.'),
  remedy: z.string().optional().describe('The fix of a failed check.'),
});

export type Finding = Immutable<z.output<typeof checkFinding>>;

/** One line of a checklist. */
export const checklistItem = checkFinding.extend({
  title: z.string().describe('The thing that is checked, such as `image`.'),
});

export type ChecklistItem = Immutable<z.output<typeof checklistItem>>;

/** One requirement of a deployment or a release. A check changes nothing. */
export interface Check {
  readonly title: string;
  /** Titles of checks that must be OK before this one runs. They come before it in the list. @default - none */
  readonly needs?: readonly string[];
  /** @throws {UserError} if the check fails. */
  readonly run: () => Promise<Finding>;
}

/** A failed check with all problems, or OK. */
export function findingOf(problems: readonly string[], ok: string, remedy: string): Finding {
  return problems.length === 0 ? { mark: 'OK', detail: ok } : { mark: 'FAIL', detail: problems.join('; '), remedy };
}

/** The failed checks as problems with their fixes. */
export function failedChecks(items: readonly ChecklistItem[]): readonly Problem[] {
  return items
    .filter(({ mark }) => mark === 'FAIL')
    .map(({ title: where, detail: what, remedy }) => ({ where, what, todo: String(remedy) }));
}

/**
 * Runs checks in parallel, each as soon as the checks that it needs are OK, and reports them in the order of the list. An error
 * that several checks share fails the first of them and skips the others.
 * @throws an error that is neither a `UserError` nor a missing permission.
 */
export async function runChecks(
  checks: readonly Check[],
  onItem: (item: ChecklistItem) => void = () => undefined,
): Promise<readonly ChecklistItem[]> {
  const running = new Map<string, Promise<Result>>();
  for (const check of checks) running.set(check.title, resultOf(check, running));
  const titles = new Map<unknown, string>();
  const items: ChecklistItem[] = [];
  for (const [title, pending] of running) {
    const result = await pending;
    const item = { title, ...('error' in result ? failure(title, result.error, titles) : result.finding) };
    items.push(item);
    onItem(item);
  }
  return items;
}

type Result = { readonly finding: Finding } | { readonly error: unknown };

async function resultOf({ needs = [], run }: Check, running: ReadonlyMap<string, Promise<Result>>): Promise<Result> {
  for (const need of needs) {
    const needed = await running.get(need);
    if (!needed || 'error' in needed || needed.finding.mark !== 'OK')
      return { finding: { mark: 'SKIP', detail: `needs ${need}` } };
  }
  try {
    return { finding: await run() };
  } catch (error) {
    return { error };
  }
}

/** @param titles of the checks that have reported an error, by error. */
function failure(title: string, error: unknown, titles: Map<unknown, string>): Finding {
  const reportedBy = titles.get(error);
  if (reportedBy !== undefined) return { mark: 'SKIP', detail: `needs ${reportedBy}` };
  titles.set(error, title);
  if (error instanceof UserError) return failureOf(title, error);
  const action = deniedAction(error);
  if (action === undefined) throw error;
  const message = (error as Error).message.replace(/\s+/g, ' ').replace(/[\s.,:;]+$/, '');
  return {
    mark: 'FAIL',
    detail: `access denied: ${message}`,
    remedy: `allow ${action} for the role that you use, then run the same command again`,
  };
}

function failureOf(title: string, { problems }: UserError): Finding {
  const describe = ({ where, what, got }: Problem) =>
    `${where === title ? '' : `${where}: `}${what}${got === undefined ? '' : `, got ${got}`}`;
  return {
    mark: 'FAIL',
    detail: problems.map(describe).join('; '),
    remedy: [...new Set(problems.map(({ todo }) => todo))].join('; '),
  };
}
