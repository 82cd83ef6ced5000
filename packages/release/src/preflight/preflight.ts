import { describeProblem, type Problem, UserError } from '@nightshift/errors';
import { planRelease, type ReleasePlan } from '../plan/plan-release';
import { type ReleaseRequest, ReleaseState } from '../plan/release-state';
import type { ReleaseContext } from '../release-context';
import { deniedAction } from '../aws-answers';
import { fargateQuotaChecks } from '../quotas/quota-checks';
import { logGroupsCheck, rolesCheck, secretAccessCheck, secretsCheck } from './access-checks';
import type { Check, CheckGroup, ChecklistItem, Finding } from './check';
import {
  deploymentGroupCheck,
  gatesCheck,
  inFlightCheck,
  listenersCheck,
  targetGroupsCheck,
  windowCheck,
  type WindowCheck,
} from './deployment-checks';
import { capacityCheck, desiredCountCheck, securityGroupsCheck, serviceCheck, subnetsCheck } from './service-checks';
import { definitionCheck, imageCheck, lastGoodCheck, scanCheck } from './version-checks';

/** What the checks before a release found. */
export interface Preflight {
  /** The checks by group, in the order in which they are shown. */
  readonly groups: readonly PreflightGroup[];
  /** Everything that failed. */
  readonly problems: readonly Problem[];
  /** Made from the readings of the checks. Undefined when a check failed. */
  readonly plan: ReleasePlan | undefined;
}

/** Checks everything that a release or a rollback needs, in parallel, and plans it. Changes nothing. */
export async function preflight(
  context: Pick<ReleaseContext, 'clients' | 'target'>,
  request: ReleaseRequest,
  window: WindowCheck,
): Promise<Preflight> {
  const state = new ReleaseState(context, request);
  const groups = await runChecks(checks(state, window));
  const problems = groups
    .flatMap(({ items }) => items)
    .filter(({ mark }) => mark === 'FAIL')
    .map(({ title: where, detail: what, remedy }) => ({ where, what, todo: String(remedy) }));
  return { groups, problems, plan: problems.length === 0 ? await planRelease(state) : undefined };
}

/** A failed reading that several checks need is reported by the first of them. */
function checks(state: ReleaseState, window: WindowCheck): readonly CheckGroup[] {
  const isRelease = state.request.kind === 'release';
  return [
    {
      title: 'Service',
      checks: [serviceCheck(state), desiredCountCheck(state), capacityCheck(state), ...vcpuChecks(state)],
    },
    {
      title: 'Version',
      checks: [
        isRelease ? definitionCheck(state) : lastGoodCheck(state),
        imageCheck(state),
        scanCheck(state),
        rolesCheck(state),
        logGroupsCheck(state),
        secretsCheck(state),
        secretAccessCheck(state),
      ],
    },
    { title: 'Network', checks: [subnetsCheck(state), securityGroupsCheck(state)] },
    {
      title: 'Deployment',
      checks: [
        deploymentGroupCheck(state),
        targetGroupsCheck(state),
        listenersCheck(state),
        gatesCheck(state),
        inFlightCheck(state),
        windowCheck(state, window),
      ],
    },
  ];
}

/** The new tasks run beside the old ones. */
function vcpuChecks({ environment, clients, running }: ReleaseState): readonly Check[] {
  return fargateQuotaChecks(environment, () => Promise.resolve(clients), {
    desired: async () => (await running()).service.desiredCount ?? 0,
    running: async () => (await running()).service.runningCount ?? 0,
  });
}

/** What the checks of one group found. */
export interface PreflightGroup {
  readonly title: string;
  readonly items: readonly ChecklistItem[];
}

/**
 * Looks at everything at once.
 * @throws what AWS answered where that is neither a user's to put right nor a missing permission.
 */
async function runChecks(groups: readonly CheckGroup[]): Promise<readonly PreflightGroup[]> {
  const looks = await Promise.all(
    groups.map(({ checks }) => Promise.allSettled(checks.map(async (one) => one.look()))),
  );
  /** A failed reading that several checks need is reported once, by the first of them; the others are skipped. */
  const reported = new Map<unknown, string>();
  return groups.map(({ title, checks }, group) => ({
    title,
    items: checks.map((check, index) => {
      const result = looks[group]?.[index] as PromiseSettledResult<Finding>;
      return {
        title: check.title,
        ...(result.status === 'fulfilled' ? result.value : failed(check, result, reported)),
      };
    }),
  }));
}

function failed({ title }: Check, { reason }: PromiseRejectedResult, reported: Map<unknown, string>): Finding {
  const first = reported.get(reason);
  if (first !== undefined) return { mark: 'SKIP', detail: `needs: ${first}` };
  reported.set(reason, title);
  if (reason instanceof UserError) return ofProblems(reason);
  const denied = deniedFinding(reason);
  if (denied) return denied;
  throw reason;
}

function ofProblems({ problems }: UserError): Finding {
  const [first, ...others] = problems as [UserError['problems'][number], ...UserError['problems']];
  const { where, what, got, todo } = first;
  const detail = `${where}: ${what}${got === undefined ? '' : `, got ${got}`}`;
  return { mark: 'FAIL', detail: [detail, ...others.map(describeProblem)].join('; '), remedy: todo };
}

/** A call that the caller may not make is one thing to put right among others. */
function deniedFinding(error: unknown): Finding | undefined {
  const action = deniedAction(error);
  if (action === undefined) return undefined;
  const message = (error as Error).message.replace(/\s+/g, ' ').replace(/[\s.,:;]+$/, '');
  return {
    mark: 'FAIL',
    detail: `access denied: ${message}`,
    remedy: `allow ${action} for the role that you use, then run the same command again`,
  };
}
