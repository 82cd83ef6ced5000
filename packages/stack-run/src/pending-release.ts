import { awsError } from '@nightshift/aws-access';
import type { Environment } from '@nightshift/config';
import { codeSpan, type Colours } from '@nightshift/console';
import type { Immutable } from '@nightshift/console/json';
import { describeProblem, everydayCommands, UserError } from '@nightshift/errors';
import type { ReleaseDue } from '@nightshift/release';
import { z } from 'zod';
import type { ChosenStack } from './chosen-stack';
import type { TerraformHandoff } from './effects';
import type { PlannedChange } from './plan-changes';
import { SERVICE_TYPE } from './release-handoff';

export const releaseNeeds = z
  .array(
    z.object({
      need: z.string().describe('What is needed, as text for people; `not known` if it cannot be determined.'),
      command: z.string().optional(),
      reasons: z.array(z.string()).optional(),
      problem: z.string().optional().describe('Why it is not known.'),
    }),
  )
  .optional()
  .describe('The changes that only a release applies, and the command for it. Absent if no release is needed.');

export type ReleaseNeeds = NonNullable<Immutable<z.output<typeof releaseNeeds>>>;

/** A change that only a release or a replacement of the service applies, and the command for it. */
export interface HandoffNote {
  /** For people. */
  readonly lines: (colours: Colours) => readonly string[];
  /** The same for a job's summary. */
  readonly markdown: string;
  /** For programs: the result's field `release`. */
  readonly json: ReleaseNeeds;
}

interface Need {
  readonly headline: string;
  readonly command: string;
  readonly reasons: readonly string[];
}

/**
 * @param changes of a plan that is not applied yet.
 * @returns undefined if no release is needed.
 */
export function handoffNote(
  { environment, refersTo }: Pick<ChosenStack, 'environment' | 'refersTo'>,
  due: ReleaseDue,
  changes: readonly PlannedChange[] = [],
): HandoffNote | undefined {
  const reasons = replacementReasons(changes, refersTo);
  const needs = [releaseNeed(environment, due, changes), replacementNeed(environment, due, reasons)].filter(
    (need) => need !== undefined,
  );
  if (needs.length === 0) return undefined;
  return {
    lines: ({ yellow }) =>
      needs.flatMap(({ headline, command, reasons }) => [
        `  ${yellow('!')} ${headline}: ${command}`,
        ...reasons.map((reason) => `      ${reason}`),
      ]),
    markdown: needs
      .map(({ headline, command, reasons }) =>
        [`**${headline}**: ${codeSpan(command)}`, '', ...reasons.map((reason) => `- ${codeSpan(reason)}`)].join('\n'),
      )
      .join('\n\n'),
    json: needs.map(({ headline, command, reasons }) => ({ need: headline, command, reasons })),
  };
}

function releaseNeed(environment: Environment, due: ReleaseDue, changes: readonly PlannedChange[]): Need | undefined {
  const revision = changes.find((change) => isOf(change, 'aws_ecs_task_definition') && change.action === 'replace');
  const newImage =
    due.definition.some(({ kind }) => kind === 'image') ||
    revision?.attributes.some(({ path }) => /^container_definitions.*\.image$/.test(path));
  const reasons = [
    ...(revision ? ['this plan creates a new task definition; only a release deploys it to the running tasks'] : []),
    ...[...due.definition, ...due.service].map(
      ({ what, before = 'none', after = 'none' }) => `${what}: ${before} → ${after}`,
    ),
  ];
  // A new service starts with the new task definition.
  const isNew = changes.some(
    ({ action, ...change }) => isOf(change, 'aws_ecs_service') && /create|replace/.test(action),
  );
  if (!due.runs || isNew || reasons.length === 0) return undefined;
  const release = everydayCommands(environment).nxRun('compute', 'release');
  return {
    headline: changes.length > 0 ? 'a release is needed after the deploy' : 'a release is needed',
    command: newImage ? `${release} --image ${imageOf(environment)}` : release,
    reasons,
  };
}

function replacementNeed(environment: Environment, due: ReleaseDue, reasons: readonly string[]): Need | undefined {
  if (!due.runs || reasons.length === 0) return undefined;
  const { nx, nxRun } = everydayCommands(environment);
  return {
    headline: 'the service must be replaced; neither a deploy nor a release can do that',
    command: `${nxRun('compute', 'destroy')}, then ${nx('deploy')}`,
    reasons,
  };
}

function isOf({ address }: Pick<PlannedChange, 'address'>, type: string): boolean {
  return address.startsWith(`${type}.`);
}

function imageOf({ container: { image } }: Environment): string {
  return image.by === 'tag' ? image.tag : image.digest;
}

/**
 * Compares a stack with the running service, and describes the changes that Terraform leaves to releases. It reads AWS, because a plan
 * does not show the changes of previous deploys. If AWS does not answer, the description says so.
 * @param changes of a plan that is not applied yet.
 * @param asked the pending changes of the service, if they were read before. @default - it reads them
 * @returns undefined if there is no such change.
 */
export async function describeHandoff(
  stack: Pick<ChosenStack, 'environment' | 'hasResource' | 'refersTo'>,
  { releases }: TerraformHandoff,
  changes: readonly PlannedChange[],
  asked?: Promise<ReleaseDue>,
): Promise<HandoffNote | undefined> {
  const { environment, hasResource, refersTo } = stack;
  const holdsService = hasResource(SERVICE_TYPE);
  if (!holdsService && replacementReasons(changes, refersTo).length === 0) return undefined;
  try {
    const due = await (asked ?? releases.pendingChanges(environment));
    // Other stacks describe only their effect on the service.
    return handoffNote(stack, holdsService ? due : { ...due, definition: [], service: [] }, changes);
  } catch (error) {
    const known = awsError(error, `what runs in ${environment.suffix}`);
    if (!(known instanceof UserError)) throw error;
    const problem = known.problems.map(describeProblem).join('; ');
    const text = `cannot determine whether a release is needed: ${problem}`;
    return {
      lines: ({ yellow }) => [`  ${yellow('!')} ${text}`],
      markdown: text,
      json: [{ need: 'not known', problem }],
    };
  }
}

/** Starts to read the changes that only a release applies, while Terraform works. Undefined for stacks without a service. */
export function fetchPendingReleaseChanges(
  { environment, hasResource }: Pick<ChosenStack, 'environment' | 'hasResource'>,
  { releases }: TerraformHandoff,
): Promise<ReleaseDue> | undefined {
  if (!hasResource(SERVICE_TYPE)) return undefined;
  const due = releases.pendingChanges(environment);
  // If Terraform fails first, nobody awaits it.
  due.catch(() => undefined);
  return due;
}

/** Resources that a running service uses until it is destroyed. A new load balancer gets its target groups: see deploy-blockers.ts. */
const HELD = [/^aws_vpc\./, /^aws_subnet\./, /^aws_security_group\./, /^aws_lb_target_group\./];

/**
 * Why the planned changes need the service to be destroyed first: AWS does not delete resources that a service uses.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html
 */
function replacementReasons(changes: readonly PlannedChange[], refersTo: ChosenStack['refersTo']): readonly string[] {
  const serviceGoes = changes.some(
    ({ action, address }) => address.startsWith('aws_ecs_service.') && (action === 'replace' || action === 'delete'),
  );
  if (serviceGoes) return [];
  return changes
    .filter(
      ({ action, address }) =>
        (action === 'replace' || action === 'delete') &&
        HELD.some((held) => held.test(address)) &&
        // The security group of the interface endpoints does not belong to the service.
        !refersTo('aws_vpc_endpoint', address),
    )
    .map(
      ({ action, address }) =>
        `${address} ${action === 'replace' ? 'is replaced' : 'is destroyed'} while the service uses it`,
    );
}
