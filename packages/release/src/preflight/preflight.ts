import type { Problem } from '@nightshift/errors';
import type { Clock, ReleaseContext } from '../release-context';
import { planRelease, type ReleasePlan } from '../plan/plan-release';
import { type ReleaseRequest, ReleaseState } from '../plan/release-state';
import { imagesInUseCheck } from '../image/images-in-use';
import { fargateQuotaChecks } from '../quotas/quota-checks';
import { logGroupsCheck, rolesCheck, secretAccessCheck, secretsCheck } from './access-checks';
import { type Check, type ChecklistItem, failedChecks, runChecks } from './checklist';
import {
  deploymentGroupCheck,
  gatesCheck,
  inFlightCheck,
  listenersCheck,
  targetGroupsCheck,
  windowCheck,
} from './deployment-checks';
import { capacityCheck, desiredCountCheck, securityGroupsCheck, serviceCheck, subnetsCheck } from './service-checks';
import { definitionCheck, imageCheck, lastGoodCheck, scanCheck } from './version-checks';

/** The results of the checks before a release. */
export interface Preflight {
  /** The checks by group, in display order. */
  readonly groups: readonly PreflightGroup[];
  /** All failures. */
  readonly problems: readonly Problem[];
  /** Made from the values that the checks have read. Undefined when a check failed. */
  readonly plan: ReleasePlan | undefined;
}

type PreflightContext = Pick<ReleaseContext, 'clients' | 'target' | 'timeScale'> & {
  readonly clock: Pick<Clock, 'now'>;
};

/** Checks everything that a release or a rollback needs, in parallel, and plans it. Changes nothing. */
export async function preflight(context: PreflightContext, request: ReleaseRequest): Promise<Preflight> {
  const state = new ReleaseState(context, request);
  const groups = checks(state, context);
  const items = await runChecks(groups.flatMap((group) => group.checks));
  const problems = failedChecks(items);
  const remaining = [...items];
  const found = groups.map(({ title, checks: { length } }) => ({ title, items: remaining.splice(0, length) }));
  return { groups: found, problems, plan: problems.length === 0 ? await planRelease(state) : undefined };
}

interface CheckGroup {
  readonly title: string;
  readonly checks: readonly Check[];
}

/** The first check that needs a value reports that it cannot be read. */
function checks(state: ReleaseState, context: PreflightContext): readonly CheckGroup[] {
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
        imagesInUseCheck(state),
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
        windowCheck(state, context),
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

/** The results of the checks of one group. */
export interface PreflightGroup {
  readonly title: string;
  readonly items: readonly ChecklistItem[];
}
