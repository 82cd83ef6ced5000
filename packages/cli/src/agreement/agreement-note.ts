import type { Environment } from '@nightshift/config';
import { everydayCommands } from '@nightshift/errors';
import type { ReleaseDue } from '@nightshift/release';
import type { Colours } from '../effects';
import type { PlannedChange } from '../plan/planned-change';
import { codeSpan } from '../markdown/markdown-text';
import { replacementReasons } from './replacement-reasons';

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
