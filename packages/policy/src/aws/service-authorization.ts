import { covers, matcher } from './iam-patterns';
import { oncePerText } from '../model/once-per-text';
import table from './service-authorization.json';

/** A condition key that an AWS documentation page uses although the Service Authorization Reference does not list it for the action. */
export interface DocumentedCondition {
  readonly action: string;
  readonly key: string;
  /** URL of the page. */
  readonly source: string;
}

export const documentedConditions: readonly DocumentedCondition[] = [
  {
    // The statement is quoted from AWS.
    action: 'kms:Describe*',
    key: 'kms:EncryptionContext:aws:logs:arn',
    source: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html#cmk-permissions',
  },
];

const METRICS =
  'the only ARN is that of a dataset, and the metrics of AWS and of applications are in none: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatch.html';

/**
 * Actions that are allowed on `*` although they support resource-level permissions, and the reason. Actions without resource-level
 * permissions are in `service-authorization.json`.
 */
export const allowedWildcards: Readonly<Record<string, string>> = {
  'cloudwatch:DescribeAlarms':
    'CodeDeploy reads the alarms of a release as AWSCodeDeployRoleForECS lets it, on *; how it asks is not documented, and a refused answer would stop every release: https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSCodeDeployRoleForECS.html',
  'cloudwatch:GetMetricData': METRICS,
  'cloudwatch:ListMetrics': METRICS,
  'cloudwatch:PutMetricData': METRICS,
};

/** The entry of one action: https://docs.aws.amazon.com/service-authorization/latest/reference/ */
export interface ActionFacts {
  /** As AWS spells it: `ecs:RunTask`. */
  readonly name: string;
  /** ARNs of its resources, with `*` for variable parts; none without resource-level permissions. */
  readonly arns: readonly string[];
  /** Its condition keys in addition to global ones, with `*` for variable parts. */
  readonly conditionKeys: readonly string[];
}

/** Global keys that only apply to actions with tags; AWS lists them with each of these. */
const OF_TAGS = /^aws:(?:RequestTag\/|ResourceTag\/|TagKeys$)/i;

const globalKeys = table.globalKeys.filter((key) => !OF_TAGS.test(key)).map(matcher);

/**
 * The actions that a pattern of one service covers: `ecs:RunTask`, `kms:Decrypt*`.
 * @returns an empty list if AWS has no such action, and for `*` alone
 */
export const actionsOf = oncePerText((pattern): readonly ActionFacts[] => {
  const [service, ...name] = pattern.toLowerCase().split(':');
  const { types, actions } = table.services[String(service)] ?? { types: {}, actions: [] };
  const wanted = matcher(name.join(':'));
  return actions.flatMap(([names, typeNames, keys]) => {
    const found = names.filter((one) => wanted.test(one));
    if (found.length === 0) return [];
    const entries = Object.entries(types).flatMap(([type, entry]) => (typeNames.includes(type) ? [entry] : []));
    const arns = entries.map(([arn]) => arn);
    const conditionKeys = [...new Set([...keys, ...entries.flatMap(([, ...ofType]) => ofType)])];
    return found.map((one) => ({ name: `${service}:${one}`, arns, conditionKeys }));
  });
});

/** The ARNs of the actions of a pattern, without duplicates. */
export const arnsOf = oncePerText((pattern): readonly string[] => [
  ...new Set(actionsOf(pattern).flatMap(({ arns }) => arns)),
]);

/** Whether an action, or all actions of a pattern, have no resource-level permissions. */
export function takesNoResource(pattern: string): boolean {
  const facts = actionsOf(pattern);
  return facts.length > 0 && facts.every(({ arns }) => arns.length === 0);
}

/** Whether a condition key is global, such as `aws:SourceAccount`. */
export function isGlobalKey(key: string): boolean {
  return globalKeys.some((pattern) => pattern.test(key));
}

/** Whether an action supports a condition key that is not global. */
export function takesKey({ conditionKeys }: ActionFacts, key: string): boolean {
  return conditionKeys.some((pattern) => covers(pattern, key));
}
