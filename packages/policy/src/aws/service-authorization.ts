import { covers, matcher } from './iam-patterns';
import { oncePerText } from '../model/once-per-text';
import table from './service-authorization.json';

/** A condition that AWS's own policies demand although its reference does not list the key with the action. */
export interface DocumentedCondition {
  readonly action: string;
  readonly key: string;
  /** Where AWS writes it so. */
  readonly source: string;
}

export const documentedConditions: readonly DocumentedCondition[] = [
  {
    // CloudWatch Logs is content without the answer; the statement is AWS's, word for word.
    action: 'kms:Describe*',
    key: 'kms:EncryptionContext:aws:logs:arn',
    source: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html#cmk-permissions',
  },
];

const METRICS =
  'the only ARN is that of a dataset, and the metrics of AWS and of applications are in none: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatch.html';

/**
 * Actions that are allowed on `*` although AWS's reference names a resource for them, and why. Actions without any resource are not
 * here: what `service-authorization.json` says of them is the reason.
 */
export const allowedWildcards: Readonly<Record<string, string>> = {
  'cloudwatch:DescribeAlarms':
    'CodeDeploy reads the alarms of a release as AWSCodeDeployRoleForECS lets it, on *; how it asks is not documented, and a refused answer would stop every release: https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSCodeDeployRoleForECS.html',
  'cloudwatch:GetMetricData': METRICS,
  'cloudwatch:ListMetrics': METRICS,
  'cloudwatch:PutMetricData': METRICS,
};

/** What AWS says of one action: https://docs.aws.amazon.com/service-authorization/latest/reference/ */
export interface ActionFacts {
  /** As AWS spells it: `ecs:RunTask`. */
  readonly name: string;
  /** ARNs that it takes, with `*` for what varies; none, where it can only be allowed on `*`. */
  readonly arns: readonly string[];
  /** Condition keys that it takes beside the global ones, with `*` for what varies. */
  readonly conditionKeys: readonly string[];
}

/** Called global, but they only say something where an action takes tags; AWS lists them with each that does. */
const OF_TAGS = /^aws:(?:RequestTag\/|ResourceTag\/|TagKeys$)/i;

const globalKeys = table.globalKeys.filter((key) => !OF_TAGS.test(key)).map(matcher);

/**
 * The actions that a pattern of one service covers: `ecs:RunTask`, `kms:Decrypt*`.
 * @returns none, where AWS has none; of a lone `*` too, which is no service's
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

/** Every ARN that the actions of a pattern take, each once. */
export const arnsOf = oncePerText((pattern): readonly string[] => [
  ...new Set(actionsOf(pattern).flatMap(({ arns }) => arns)),
]);

/** Whether AWS only allows an action on `*`. Of a pattern: all that it covers. */
export function takesNoResource(pattern: string): boolean {
  const facts = actionsOf(pattern);
  return facts.length > 0 && facts.every(({ arns }) => arns.length === 0);
}

/** Whether requests carry a condition key whatever they ask for: `aws:SourceAccount`. */
export function isGlobalKey(key: string): boolean {
  return globalKeys.some((pattern) => pattern.test(key));
}

/** Whether an action takes a condition key that is not global. */
export function takesKey({ conditionKeys }: ActionFacts, key: string): boolean {
  return conditionKeys.some((pattern) => covers(pattern, key));
}
