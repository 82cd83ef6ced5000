import type { AwsClients, connectEnvironment, LocalClouds, ProcessVariables } from '@nightshift/aws-access';
import type { Environment } from '@nightshift/config';
import type { Time } from '@nightshift/console';
import { UserError } from '@nightshift/errors';
import type { Occurrence } from '@nightshift/windows';
import type { ChosenStack } from './chosen-stack';
import type { PlannedChange } from './plan-changes';
import { type Immutable, time } from '@nightshift/console/json';
import { z } from 'zod';

interface GuardProps extends WindowOption {
  readonly verb: string;
  readonly stack: ChosenStack;
  readonly effects: Time & ProcessVariables & LocalClouds;
  /** Connects to AWS. */
  readonly connect: typeof connectEnvironment;
}

/**
 * Checks whether a processing window is open or near. With a reason to override it, records the reason.
 * @returns a function from the disturbing changes to the refusal; undefined if no window is open or near, or if it is overridden.
 */
export async function guardWindow({
  verb,
  stack,
  effects,
  connect,
  duringWindow: reason,
}: GuardProps): Promise<((changes?: readonly PlannedChange[]) => Promise<UserError>) | undefined> {
  const now = effects.now();
  const connected = () => connect(stack.environment, effects);
  const occurrence = await windowInTheWay({ verb, stack, reason, now, connect: connected });
  return occurrence && ((changes) => refusal(verb, stack, occurrence, now, changes));
}

interface ActProps {
  readonly verb: string;
  readonly stack: Pick<ChosenStack, 'name' | 'environment'>;
  /** The reason to override a window. @default - it is not overridden */
  readonly reason: string | undefined;
  readonly now: Date;
  /** How long the act takes. @default - as long as a change of a stack */
  readonly minutes?: number;
  readonly connect: () => Promise<Pick<AwsClients, 's3' | 'sts'>>;
}

/** The processing window that is open, or into which an act would reach; undefined if it is overridden, which is recorded (R14.2). */
export async function windowInTheWay({
  verb,
  stack,
  reason,
  now,
  minutes,
  connect,
}: ActProps): Promise<Occurrence | undefined> {
  const occurrence = await windowAhead(stack.environment, now, minutes);
  if (!occurrence || reason === undefined) return occurrence;
  const { recordOverride } = await import('@nightshift/state-bucket');
  await recordOverride(await connect(), { verb, stack, occurrence, reason, now });
  return undefined;
}

async function refusal(
  verb: string,
  { name }: ChosenStack,
  occurrence: Occurrence,
  now: Date,
  changes?: readonly PlannedChange[],
): Promise<UserError> {
  const { describeOccurrence } = await import('@nightshift/windows');
  return new UserError({
    where: `nightshift ${verb} ${name}`,
    what: `processing ${describeOccurrence(occurrence, now)}, and this would disturb it`,
    got: changes?.map(({ address, constructPath = address, action }) => `${action} of ${constructPath}`).join(', '),
    todo: 'run it after the window, or override the window with --during-window "<reason>"',
  });
}

/** Resources that do not affect calculations: monitoring, notifications, releases. */
const QUIET = [
  /^aws_cloudwatch_(?:metric_alarm|composite_alarm|dashboard|event_rule|event_target)\./,
  /^aws_sns_/,
  /^aws_codedeploy_/,
  /^aws_ecr_lifecycle_policy\./,
  /^aws_ecs_task_definition\./,
  /^aws_appautoscaling_scheduled_action\./,
  /^aws_flow_log\./,
];

/** Resources that running tasks and their requests use: even an update can disturb them. */
const IN_USE = [
  /^aws_ecs_(?:service|cluster)/,
  /^aws_appautoscaling_(?:target|policy)\./,
  /^aws_lb/,
  /^aws_(?:nat_gateway|eip|vpc_endpoint|route|network_acl|vpc_security_group|security_group)/,
  /^aws_iam_/,
  /^aws_kms_key\./,
];

/**
 * The planned changes that replace or restart tasks, load balancer, NAT gateways or endpoints, or remove a resource that they use
 * (R14.2). New resources do not disturb them.
 */
export function disturbingChanges(changes: readonly PlannedChange[]): readonly PlannedChange[] {
  return changes.filter(disturbs);
}

function disturbs({ action, address, attributes }: PlannedChange): boolean {
  const isOneOf = (types: readonly RegExp[]) => types.some((type) => type.test(address));
  switch (action) {
    case 'replace':
    case 'delete':
      return !isOneOf(QUIET);
    case 'update':
      return isOneOf(IN_USE) && !attributes.every(({ path }) => /^tags(?:_all)?\b/.test(path));
    case 'create':
    case 'remove':
    case 'import':
    case 'move':
      return false;
  }
}

/** The duration of a change of a stack: AWS needs minutes for a load balancer or a NAT gateway. */
const CHANGE_MINUTES = 15;

/**
 * The processing window that is open at `now`, or that an action starting then would overlap (R14.2).
 * @param minutes duration of the action.
 */
export async function windowAhead(
  { processingWindows }: Pick<Environment, 'processingWindows'>,
  now: Date,
  minutes = CHANGE_MINUTES,
): Promise<Occurrence | undefined> {
  if (processingWindows.length === 0) return undefined;
  // Most environments have none, and need not load the time zones.
  const { conflict } = await import('@nightshift/windows');
  return conflict(processingWindows, now, minutes);
}

export const nextWindow = z
  .object({
    name: z.string(),
    opens: time,
    closes: time,
    open: z.boolean(),
    disturbing: z.array(z.string()).describe('Addresses of the changes that a deploy refuses while it is open.'),
  })
  .describe('The processing window that is open or opens next.');

interface WindowNote {
  /** For people. */
  readonly text: string;
  /** For programs. */
  readonly json: Immutable<z.output<typeof nextWindow>>;
}

/** The open or next processing window, and the changes that a deploy inside it would refuse (R14.2). */
export async function windowNote(
  { processingWindows }: Pick<Environment, 'processingWindows'>,
  changes: readonly PlannedChange[],
  now: Date,
): Promise<WindowNote | undefined> {
  if (processingWindows.length === 0) return undefined;
  const { describeOccurrence, nextOccurrence } = await import('@nightshift/windows');
  // Every window opens at least once a week.
  const occurrence = nextOccurrence(processingWindows, now) as Occurrence;
  const disturbing = disturbingChanges(changes).map(({ address }) => address);
  const refused =
    disturbing.length === 0
      ? 'no change of this plan disturbs it'
      : `inside it, deploy refuses ${disturbing.join(', ')} without --during-window`;
  const { window, opens, closes } = occurrence;
  return {
    text: `processing ${describeOccurrence(occurrence, now)}; ${refused}`,
    json: { name: window.name, opens, closes, open: opens <= now, disturbing },
  };
}

export interface WindowOption {
  /** The reason to override a processing window that is open or near. */
  readonly duringWindow?: string;
}
