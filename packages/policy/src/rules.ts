import type { Rule } from './rule';
import { alarmHasAction } from './rules/alarm-has-action';
import { alarmMetricExists } from './rules/alarm-metric-exists';
import { blueGreenOwned } from './rules/blue-green-owned';
import { containerHardened } from './rules/container-hardened';
import { destroyable } from './rules/destroyable';
import { egressNamed } from './rules/egress-named';
import { endpointsComplete } from './rules/endpoints-complete';
import { eventsHaveTargets } from './rules/events-have-targets';
import { executionRoleMinimal } from './rules/execution-role-minimal';
import { executionRoleSufficient } from './rules/execution-role-sufficient';
import { gatesWatchBothColours } from './rules/gates-watch-both-colours';
import { groupsNarrow } from './rules/groups-narrow';
import { httpNotPublic } from './rules/http-not-public';
import { iamActionsExist } from './rules/iam-actions-exist';
import { iamConditionsFit } from './rules/iam-conditions-fit';
import { iamNoWildcard } from './rules/iam-no-wildcard';
import { iamPassRoleBound } from './rules/iam-pass-role-bound';
import { iamResourcesFit } from './rules/iam-resources-fit';
import { imageImmutable } from './rules/image-immutable';
import { ingressNamed } from './rules/ingress-named';
import { keyAdmitsUsers } from './rules/key-admits-users';
import { logGroupPerContainer } from './rules/log-group-per-container';
import { nameCarriesSuffix } from './rules/name-carries-suffix';
import { noSecretInEnvironment } from './rules/no-secret-in-environment';
import { noSecretInState } from './rules/no-secret-in-state';
import { publishedOnly } from './rules/published-only';
import { regionNotLiteral } from './rules/region-not-literal';
import { rollbackEnabled } from './rules/rollback-enabled';
import { scalingAsRequired } from './rules/scaling-as-required';
import { serviceReachable } from './rules/service-reachable';
import { stateBackend } from './rules/state-backend';
import { tagsRequired } from './rules/tags-required';
import { targetGroupChecked } from './rules/target-group-checked';
import { tasksUnreachable } from './rules/tasks-unreachable';
import { threeZones } from './rules/three-zones';
import { tlsWhereCertified } from './rules/tls-where-certified';
import { topicEncrypted } from './rules/topic-encrypted';
import { trustBound } from './rules/trust-bound';
import { withinServiceLimits } from './rules/within-service-limits';

/** Every rule there is, in the order in which they are printed. */
export const rules: readonly Rule[] = [
  tagsRequired,
  nameCarriesSuffix,
  withinServiceLimits,
  destroyable,
  stateBackend,
  publishedOnly,
  threeZones,
  tasksUnreachable,
  serviceReachable,
  ingressNamed,
  egressNamed,
  groupsNarrow,
  endpointsComplete,
  imageImmutable,
  containerHardened,
  noSecretInEnvironment,
  noSecretInState,
  blueGreenOwned,
  gatesWatchBothColours,
  rollbackEnabled,
  targetGroupChecked,
  tlsWhereCertified,
  httpNotPublic,
  scalingAsRequired,
  logGroupPerContainer,
  keyAdmitsUsers,
  iamActionsExist,
  iamResourcesFit,
  iamConditionsFit,
  iamNoWildcard,
  iamPassRoleBound,
  trustBound,
  executionRoleMinimal,
  executionRoleSufficient,
  alarmMetricExists,
  alarmHasAction,
  topicEncrypted,
  eventsHaveTargets,
  regionNotLiteral,
];
