import type { Rule } from './rule';
import { alarmHasAction } from './rules/alarm-has-action';
import { alarmMetricExists } from './rules/alarm-metric-exists';
import { autoScalingAsConfigured } from './rules/auto-scaling-as-configured';
import { blueGreenIgnoreChanges } from './rules/blue-green-ignore-changes';
import { containerHardened } from './rules/container-hardened';
import { destroyable } from './rules/destroyable';
import { egressRestricted } from './rules/egress-restricted';
import { eventRuleHasTarget } from './rules/event-rule-has-target';
import { executionRoleMinimal } from './rules/execution-role-minimal';
import { executionRoleSufficient } from './rules/execution-role-sufficient';
import { gatesCoverBothTargetGroups } from './rules/gates-cover-both-target-groups';
import { iamActionsExist } from './rules/iam-actions-exist';
import { iamConditionsMatchActions } from './rules/iam-conditions-match-actions';
import { iamNoWildcard } from './rules/iam-no-wildcard';
import { iamPassRoleRestricted } from './rules/iam-pass-role-restricted';
import { iamResourcesMatchActions } from './rules/iam-resources-match-actions';
import { imageImmutable } from './rules/image-immutable';
import { ingressRestricted } from './rules/ingress-restricted';
import { kmsKeyPolicy } from './rules/kms-key-policy';
import { loadBalancerTls } from './rules/load-balancer-tls';
import { logGroupPerContainer } from './rules/log-group-per-container';
import { noHardcodedRegion } from './rules/no-hardcoded-region';
import { noPublicHttp } from './rules/no-public-http';
import { noSecretInEnvironment } from './rules/no-secret-in-environment';
import { noSecretInState } from './rules/no-secret-in-state';
import { publishedValuesOnly } from './rules/published-values-only';
import { resourceNameFormat } from './rules/resource-name-format';
import { rollbackEnabled } from './rules/rollback-enabled';
import { securityGroupsMinimal } from './rules/security-groups-minimal';
import { serviceReachable } from './rules/service-reachable';
import { stateBackend } from './rules/state-backend';
import { tagsRequired } from './rules/tags-required';
import { targetGroupHealthCheck } from './rules/target-group-health-check';
import { tasksBehindLoadBalancer } from './rules/tasks-behind-load-balancer';
import { threeAvailabilityZones } from './rules/three-availability-zones';
import { topicEncrypted } from './rules/topic-encrypted';
import { trustPolicyRestricted } from './rules/trust-policy-restricted';
import { vpcEndpointsComplete } from './rules/vpc-endpoints-complete';
import { withinServiceLimits } from './rules/within-service-limits';

/** All rules, in the order of the output. */
export const rules: readonly Rule[] = [
  tagsRequired,
  resourceNameFormat,
  withinServiceLimits,
  destroyable,
  stateBackend,
  publishedValuesOnly,
  threeAvailabilityZones,
  tasksBehindLoadBalancer,
  serviceReachable,
  ingressRestricted,
  egressRestricted,
  securityGroupsMinimal,
  vpcEndpointsComplete,
  imageImmutable,
  containerHardened,
  noSecretInEnvironment,
  noSecretInState,
  blueGreenIgnoreChanges,
  gatesCoverBothTargetGroups,
  rollbackEnabled,
  targetGroupHealthCheck,
  loadBalancerTls,
  noPublicHttp,
  autoScalingAsConfigured,
  logGroupPerContainer,
  kmsKeyPolicy,
  iamActionsExist,
  iamResourcesMatchActions,
  iamConditionsMatchActions,
  iamNoWildcard,
  iamPassRoleRestricted,
  trustPolicyRestricted,
  executionRoleMinimal,
  executionRoleSufficient,
  alarmMetricExists,
  alarmHasAction,
  topicEncrypted,
  eventRuleHasTarget,
  noHardcodedRegion,
];
