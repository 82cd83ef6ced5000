import {
  DescribeTaskDefinitionCommand,
  ListTaskDefinitionsCommand,
  type RegisterTaskDefinitionCommandInput,
  type Tag,
  type TaskDefinition,
} from '@aws-sdk/client-ecs';
import { UserError } from '@nightshift/errors';
import type { Given } from '../aws-answers';
import type { ReleaseContext } from '../release-context';
import { revisionInState } from './terraform-state';

/** A revision of the task definition. */
export interface Revision {
  readonly arn: string;
  readonly definition: TaskDefinition;
  readonly tags: readonly Tag[];
}

/** The revisions that a release builds on. */
export interface Revisions {
  /** The newest revision that any client registered. */
  readonly newest: Revision;
  /** The newest revision of Terraform: the configuration of the environment file and the code. */
  readonly terraform: Revision;
  /** ARN of the revision in Terraform's state, active or not. Undefined: the state holds none. */
  readonly inState: string | undefined;
}

type Context = Pick<ReleaseContext, 'clients' | 'target'>;

/** @throws {UserError} when there is no revision of Terraform. */
export async function findRevisions(context: Context): Promise<Revisions> {
  const [active, inState] = await Promise.all([activeRevisions(context), revisionInState(context)]);
  const [first, ...others] = active;
  if (first === undefined) throw noRevision(context);
  const newest = await readRevision(context, first);
  const known = inState !== undefined && active.includes(inState) ? inState : undefined;
  if (known !== undefined) {
    return { newest, terraform: known === first ? newest : await readRevision(context, known), inState };
  }
  // Without the state, the tags of releases tell which revisions Terraform registered. Terraform may have registered one while the newest
  // release started, so each one is read.
  for (const arn of [first, ...others]) {
    const revision = arn === first ? newest : await readRevision(context, arn);
    if (!isReleased(revision.tags)) return { newest, terraform: revision, inState };
  }
  throw noRevision(context);
}

export async function readRevision({ clients }: Pick<Context, 'clients'>, arn: string): Promise<Revision> {
  const answer = await clients.ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: arn, include: ['TAGS'] }));
  const { taskDefinition: definition, tags } = answer as Given<typeof answer, 'taskDefinition' | 'tags'>;
  return { arn, definition, tags };
}

/** ARNs, newest first. */
export async function activeRevisions({ clients, target }: Context): Promise<readonly string[]> {
  const arns: string[] = [];
  let nextToken: string | undefined;
  do {
    const page = await clients.ecs.send(
      new ListTaskDefinitionsCommand({ familyPrefix: target.family, status: 'ACTIVE', nextToken }),
    );
    arns.push(...(page as Given<typeof page, 'taskDefinitionArns'>).taskDefinitionArns);
    ({ nextToken } = page);
  } while (nextToken !== undefined);
  return (
    arns
      // The prefix is that of other families too.
      .filter((arn) => arn.slice(arn.indexOf('/') + 1, arn.lastIndexOf(':')) === target.family)
      .sort((one, other) => revisionNumber(other) - revisionNumber(one))
  );
}

/** The number at the end of the ARN. */
export function revisionNumber(arn: string): number {
  return Number(arn.slice(arn.lastIndexOf(':') + 1));
}

function noRevision({ target }: Context): UserError {
  return new UserError({
    where: target.family,
    what: 'Terraform has registered no task definition',
    todo: `deploy it first: ${target.commands.nxRun('compute', 'deploy')}`,
  });
}

/** Marks the revisions of releases, which are not in Terraform's state, so that `destroy` finds them. */
export const RELEASED_BY: Tag = { key: 'ReleasedBy', value: 'nightshift' };

/** The release that registered it. Identifies the revision after a lost response. */
export const RELEASE_ID = 'ReleaseId';

/** ARN of Terraform's revision at the time of the release. */
export const TERRAFORM_REVISION = 'TerraformRevision';

export function tagValue(tags: readonly Tag[] | undefined, key: string): string | undefined {
  return tags?.find((tag) => tag.key === key)?.value;
}

export function isReleased(tags: readonly Tag[] | undefined): boolean {
  return tagValue(tags, String(RELEASED_BY.key)) === RELEASED_BY.value;
}

/** The tag of every resource that Terraform creates (R0.9). */
const TERRAFORM_TAG = 'Environment';

/** Whether neither Terraform nor a release registered it, but another client such as `aws ecs deploy` or the console. */
export function isRegisteredElsewhere(tags: readonly Tag[]): boolean {
  return !isReleased(tags) && tagValue(tags, TERRAFORM_TAG) === undefined;
}

/** The content of a revision: the input of RegisterTaskDefinition without tags. */
export type TaskContent = Omit<Given<RegisterTaskDefinitionCommandInput, 'containerDefinitions'>, 'tags'>;

/** The fields that DescribeTaskDefinition adds: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TaskDefinition.html */
const ADDED = [
  'taskDefinitionArn',
  'revision',
  'status',
  'requiresAttributes',
  'compatibilities',
  'registeredAt',
  'deregisteredAt',
  'deleteRequestedAt',
  'registeredBy',
];

/** The content of a revision for RegisterTaskDefinition. */
export function taskContent(revision: TaskDefinition): TaskContent {
  const content = Object.entries(revision).filter(([key, value]) => !ADDED.includes(key) && value !== undefined);
  return Object.fromEntries(content) as unknown as TaskContent;
}

/** The content with another image in one container. */
export function withImage(content: TaskContent, containerName: string, image: string): TaskContent {
  const containerDefinitions = content.containerDefinitions.map((container) =>
    container.name === containerName ? { ...container, image } : container,
  );
  return { ...content, containerDefinitions };
}

/** The image of one container, such as `123456789012.dkr.ecr.us-east-1.amazonaws.com/risk@sha256:…`. */
export function imageIn(content: Pick<TaskContent, 'containerDefinitions'>, containerName: string): string {
  return content.containerDefinitions.find(({ name }) => name === containerName)?.image ?? '';
}

/** The port that one container listens on. */
export function portIn(
  { containerDefinitions }: Pick<TaskContent, 'containerDefinitions'>,
  containerName: string,
): number | undefined {
  return containerDefinitions.find(({ name }) => name === containerName)?.portMappings?.[0]?.containerPort;
}

/** Whether two revisions are equal, regardless of the order of fields. */
export function sameContent(one: TaskContent, other: TaskContent): boolean {
  return JSON.stringify(ordered(one)) === JSON.stringify(ordered(other));
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, one]) => [key, ordered(one)]));
}
