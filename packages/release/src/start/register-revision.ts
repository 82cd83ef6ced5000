import { RegisterTaskDefinitionCommand, type Tag } from '@aws-sdk/client-ecs';
import { isPassing, retryPassing } from '../aws-answers';
import type { ReleasePlan } from '../plan/plan-release';
import { readRevision, RELEASE_ID, RELEASED_BY, tagValue, TERRAFORM_REVISION } from '../plan/task-revisions';
import type { ReleaseContext } from '../release-context';

/**
 * Registers the new revision exactly once: after an ambiguous failure, compares the newest revision before it registers another one.
 * @returns its ARN.
 */
export async function registerRevision(context: ReleaseContext, plan: ReleasePlan, releaseId: string): Promise<string> {
  const { clients, target, clock } = context;
  const command = new RegisterTaskDefinitionCommand({ ...plan.wanted, tags: revisionTags(plan, releaseId) });
  return await retryPassing(clock, async () => {
    try {
      const { taskDefinition } = await clients.once.ecs.send(command);
      return String(taskDefinition?.taskDefinitionArn);
    } catch (error) {
      if (!isPassing(error)) throw error;
      const newest = await readRevision(context, target.family);
      if (tagValue(newest.tags, RELEASE_ID) === releaseId) return String(newest.definition.taskDefinitionArn);
      throw error;
    }
  });
}

/** The tags of Terraform's revision (R0.9) and those of the release. `aws:` tags cannot be set. */
function revisionTags({ terraform }: ReleasePlan, releaseId: string): Tag[] {
  const own: Tag[] = [
    RELEASED_BY,
    { key: RELEASE_ID, value: releaseId },
    { key: TERRAFORM_REVISION, value: terraform.arn },
  ];
  const kept = terraform.tags.filter(({ key }) => !key?.startsWith('aws:') && !own.some((tag) => tag.key === key));
  return [...kept, ...own];
}
