import { covers, matcher } from './covers';
import table from './service-authorization.json';

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

/** The table never changes, and the same few actions are asked for again and again. */
const known = new Map<string, readonly ActionFacts[]>();

/**
 * The actions that a pattern of one service covers: `ecs:RunTask`, `kms:Decrypt*`.
 * @returns none, where AWS has none; of a lone `*` too, which is no service's
 */
export function actionsOf(pattern: string): readonly ActionFacts[] {
  const found = known.get(pattern) ?? find(pattern);
  known.set(pattern, found);
  return found;
}

function find(pattern: string): readonly ActionFacts[] {
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
}

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
