import type { Problem } from '@nightshift/errors';
import type { ReleaseWish } from '../planning/plan-release';
import { capacityCheck } from './capacity-check';
import type { CheckGroup } from './check';
import { definitionCheck } from './definition-check';
import { deploymentGroupCheck } from './deployment-group-check';
import { desiredCountCheck } from './desired-count-check';
import { gatesCheck } from './gates-check';
import { imageCheck } from './image-check';
import { inFlightCheck } from './in-flight-check';
import { lastGoodCheck } from './last-good-check';
import { listenersCheck } from './listeners-check';
import { logGroupsCheck } from './log-groups-check';
import { rolesCheck } from './roles-check';
import { runChecks, type PreflightGroup } from './run-checks';
import { scanCheck } from './scan-check';
import { secretAccessCheck } from './secret-access-check';
import { secretsCheck } from './secrets-check';
import { securityGroupsCheck } from './security-groups-check';
import { serviceCheck } from './service-check';
import { subnetsCheck } from './subnets-check';
import { Surroundings, type PreflightContext } from './surroundings';
import { targetGroupsCheck } from './target-groups-check';
import { windowCheck, type WindowCheck } from './window-check';

/** What was found before a release. */
export interface Preflight {
  /** Nothing is NG. */
  readonly passed: boolean;
  /** A tree of two levels, for people. */
  readonly groups: readonly PreflightGroup[];
  /** All that is NG. */
  readonly problems: readonly Problem[];
}

/** Looks at all that a release or a rollback needs, at once, and changes nothing. */
export async function preflight(context: PreflightContext, wish: ReleaseWish, window: WindowCheck): Promise<Preflight> {
  const groups = await runChecks(checks(new Surroundings(context, wish), window));
  const problems = groups
    .flatMap(({ items }) => items)
    .filter(({ mark }) => mark === 'NG')
    .map(({ title: where, detail: what, remedy }) => ({ where, what, todo: String(remedy) }));
  return { passed: problems.length === 0, groups, problems };
}

/** The order matters to who reads them, and to which check tells of a reading that fails several. */
function checks(surroundings: Surroundings, window: WindowCheck): readonly CheckGroup[] {
  const isRelease = surroundings.wish.kind === 'release';
  return [
    {
      title: 'Service',
      checks: [serviceCheck(surroundings), desiredCountCheck(surroundings), capacityCheck(surroundings)],
    },
    {
      title: 'Version',
      checks: [
        isRelease ? definitionCheck(surroundings) : lastGoodCheck(surroundings),
        imageCheck(surroundings),
        scanCheck(surroundings),
        rolesCheck(surroundings),
        logGroupsCheck(surroundings),
        secretsCheck(surroundings),
        secretAccessCheck(surroundings),
      ],
    },
    { title: 'Network', checks: [subnetsCheck(surroundings), securityGroupsCheck(surroundings)] },
    {
      title: 'Deployment',
      checks: [
        deploymentGroupCheck(surroundings),
        targetGroupsCheck(surroundings),
        listenersCheck(surroundings),
        gatesCheck(surroundings),
        inFlightCheck(surroundings),
        windowCheck(surroundings, window),
      ],
    },
  ];
}
