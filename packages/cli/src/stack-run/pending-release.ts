import type { Environment } from '@nightshift/config';
import { describeProblem, everydayCommands, UserError } from '@nightshift/errors';
import type { ReleaseDue } from '@nightshift/release';
import { codeSpan } from '../console/output-text';
import type { Colours, TerraformHandoff } from '../effects';
import { awsError } from '../environment/aws-error';
import type { ChosenStack } from './chosen-stack';
import type { PlannedChange } from './plan-changes';

/** What Terraform does not do, and what does it instead. */
export interface AgreementNote {
  /** What a person is told. */
  readonly lines: (colours: Colours) => readonly string[];
  /** The same for a job's summary. */
  readonly markdown: string;
  /** What a program is told: the result's field `release`. */
  readonly json: object;
}

interface Need {
  readonly headline: string;
  readonly command: string;
  readonly reasons: readonly string[];
}

/**
 * @param changes of a plan that is yet to be applied.
 * @returns undefined where Terraform and releases agree.
 */
export function agreementNote(
  environment: Environment,
  due: ReleaseDue,
  changes: readonly PlannedChange[] = [],
): AgreementNote | undefined {
  const needs = [releaseNeed(environment, due, changes), replacementNeed(environment, due, changes)].filter(
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
    ...(revision ? ['this plan makes a new task definition, which only a release brings to the tasks that run'] : []),
    ...[...due.definition, ...due.service].map(
      ({ what, before = 'none', after = 'none' }) => `${what}: ${before} → ${after}`,
    ),
  ];
  // Tasks of a new service start as it says.
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

function replacementNeed(
  environment: Environment,
  due: ReleaseDue,
  changes: readonly PlannedChange[],
): Need | undefined {
  const reasons = replacementReasons(changes);
  if (!due.runs || reasons.length === 0) return undefined;
  const { nx, nxRun } = everydayCommands(environment);
  return {
    headline: 'the service must be replaced, which neither a deploy nor a release does',
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
 * What Terraform leaves to releases in a stack. AWS is asked, as an agreement that was broken yesterday shows in no plan of today; that it
 * cannot be asked stops nobody.
 * @param changes of a plan that is yet to be applied.
 * @param asked what was asked before and is still true. @default - it is asked now
 * @returns undefined where there is nothing to say.
 */
export async function askAgreement(
  { name, environment }: Pick<ChosenStack, 'name' | 'environment'>,
  { releases }: TerraformHandoff,
  changes: readonly PlannedChange[],
  asked?: Promise<ReleaseDue>,
): Promise<AgreementNote | undefined> {
  const holdsService = name === 'compute';
  if (!holdsService && replacementReasons(changes).length === 0) return undefined;
  try {
    const due = await (asked ?? releases.due(environment));
    // Another stack only tells of what it would take from the service.
    return agreementNote(environment, holdsService ? due : { ...due, definition: [], service: [] }, changes);
  } catch (error) {
    const known = awsError(error, `what runs in ${environment.suffix}`);
    if (!(known instanceof UserError)) throw error;
    const problem = known.problems.map(describeProblem).join('; ');
    const text = `whether a release is needed is not known: ${problem}`;
    return {
      lines: ({ yellow }) => [`  ${yellow('!')} ${text}`],
      markdown: text,
      json: [{ need: 'not known', problem }],
    };
  }
}

/** Asks what a release has to bring while Terraform works, so that nobody waits for it. Undefined for stacks without a service. */
export function dueMeanwhile(
  { name, environment }: Pick<ChosenStack, 'name' | 'environment'>,
  { releases }: TerraformHandoff,
): Promise<ReleaseDue> | undefined {
  if (name !== 'compute') return undefined;
  const due = releases.due(environment);
  // Terraform may fail first, and then nobody looks at this any more.
  due.catch(() => undefined);
  return due;
}

/** What a service cannot leave while it runs: ECS lets CodeDeploy move its tasks to other subnets and groups, and nobody its load balancer. */
const HELD = [
  /^aws_vpc\./,
  /^aws_subnet\./,
  /^aws_security_group\.(?!.*Endpoints)/,
  /^aws_lb\./,
  /^aws_lb_target_group\./,
];

/**
 * Why the service has to go first, as far as planned changes say: AWS does not delete what it uses, and refuses to bring it elsewhere.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html
 */
function replacementReasons(changes: readonly PlannedChange[]): readonly string[] {
  const serviceGoes = changes.some(
    ({ action, address }) => address.startsWith('aws_ecs_service.') && (action === 'replace' || action === 'delete'),
  );
  if (serviceGoes) return [];
  return changes
    .filter(
      ({ action, address }) => (action === 'replace' || action === 'delete') && HELD.some((held) => held.test(address)),
    )
    .map(
      ({ action, address }) => `${address} ${action === 'replace' ? 'is replaced' : 'goes'} while the service uses it`,
    );
}
