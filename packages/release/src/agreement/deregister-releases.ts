import { DeregisterTaskDefinitionCommand } from '@aws-sdk/client-ecs';
import { isReleased } from '../planning/revision-tags';
import { activeRevisions, readRevision } from '../planning/terraform-revision';
import type { ReleaseContext } from '../release-context';

/** So many calls at once: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/request-throttling.html */
const AT_ONCE = 5;

/**
 * Deregisters the revisions that releases registered: Terraform does not know them, so that they would outlive all else.
 * @returns their ARNs.
 */
export async function deregisterReleases(
  context: Pick<ReleaseContext, 'clients' | 'target'>,
): Promise<readonly string[]> {
  const { ecs } = context.clients;
  const all = await activeRevisions(context);
  const removed: string[] = [];
  for (let start = 0; start < all.length; start += AT_ONCE) {
    const some = all.slice(start, start + AT_ONCE);
    const revisions = await Promise.all(some.map((arn) => readRevision(context, arn)));
    const released = revisions.filter(({ tags }) => isReleased(tags)).map(({ arn }) => arn);
    await Promise.all(
      released.map((taskDefinition) => ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition }))),
    );
    removed.push(...released);
  }
  return removed;
}
