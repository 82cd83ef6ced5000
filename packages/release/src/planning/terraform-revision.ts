import {
  DescribeTaskDefinitionCommand,
  ListTaskDefinitionsCommand,
  type Tag,
  type TaskDefinition,
} from '@aws-sdk/client-ecs';
import { UserError } from '@nightshift/errors';
import type { Given } from '../given';
import type { ReleaseContext } from '../release-context';
import { isReleased, tagValue, TERRAFORM_REVISION } from './revision-tags';

/** A revision of the task definition. */
export interface Revision {
  readonly arn: string;
  readonly definition: TaskDefinition;
  readonly tags: readonly Tag[];
}

/** The revisions that a release builds on. */
export interface Revisions {
  /** Of all, whoever registered it. */
  readonly newest: Revision;
  /** The newest that Terraform registered: what the environment file and the code say. */
  readonly terraform: Revision;
}

type Context = Pick<ReleaseContext, 'clients' | 'target'>;

/** @throws {UserError} when Terraform has registered none. */
export async function findRevisions(context: Context): Promise<Revisions> {
  const [first, ...others] = await activeRevisions(context);
  if (first === undefined) throw noRevision(context);
  const newest = await readRevision(context, first);
  if (!isReleased(newest.tags)) return { newest, terraform: newest };
  // Terraform deregisters what it replaces. So its revision of then, if active, is still its newest.
  const known = tagValue(newest.tags, TERRAFORM_REVISION);
  const candidates = others.filter((arn) => arn === known);
  for (const arn of candidates.length > 0 ? candidates : others) {
    const revision = await readRevision(context, arn);
    if (!isReleased(revision.tags)) return { newest, terraform: revision };
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
  const revisionOf = (arn: string) => Number(arn.slice(arn.lastIndexOf(':') + 1));
  return (
    arns
      // The prefix is that of other families too.
      .filter((arn) => arn.slice(arn.indexOf('/') + 1, arn.lastIndexOf(':')) === target.family)
      .sort((one, other) => revisionOf(other) - revisionOf(one))
  );
}

function noRevision({ target }: Context): UserError {
  return new UserError({
    where: target.family,
    what: 'there is no task definition that Terraform registered',
    todo: `deploy it first: npx nx run compute:deploy -c ${target.environment.name}`,
  });
}
