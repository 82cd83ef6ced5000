import { UserError } from '@nightshift/errors';
import type { DefinitionChange } from '../diff/definition-change';
import { diffDefinitions } from '../diff/diff-definitions';
import { imageReference } from '../planning/image-reference';
import { tagValue, TERRAFORM_REVISION } from '../planning/revision-tags';
import { runningService, type RunningService } from '../planning/running-service';
import { imageIn, taskContent, withImage } from '../planning/task-content';
import { taskNetwork } from '../planning/task-network';
import { findRevisions, readRevision, type Revision } from '../planning/terraform-revision';
import { together } from '../planning/together';
import type { ReleaseContext } from '../release-context';
import { serviceDifferences, type ServiceDifference } from './service-differences';

type Context = Pick<ReleaseContext, 'clients' | 'target'>;

/** What is deployed, or in the environment file, and has not come to the tasks. Both lists empty: no release is due. */
export interface ReleaseDue {
  /** There is a service that a release could bring it to. */
  readonly runs: boolean;
  /** Between the tasks that run and Terraform's newest task definition. The image only where Terraform has changed it since their release. */
  readonly definition: readonly DefinitionChange[];
  readonly service: readonly ServiceDifference[];
}

const nothing: ReleaseDue = { runs: false, definition: [], service: [] };

/** Finds out what only a release can bring to the tasks. Where nothing runs yet, nothing is due. */
export async function releaseDue(context: Context): Promise<ReleaseDue> {
  const found = await whatRuns(context);
  if (!found) return nothing;
  const [running, { terraform }, network] = found;
  const { target } = context;
  const wanted = taskContent(terraform.definition);
  const image = imageIn(wanted, target.containerName);
  const about = { wanted, from: {}, to: {}, target };
  const runs = withImage(taskContent(running.revision), target.containerName, image);
  return {
    runs: true,
    definition: [
      ...(await imageChange(context, running, terraform)),
      ...(running.revision.taskDefinitionArn === terraform.arn ? [] : diffDefinitions({ ...about, runs })),
    ],
    service: serviceDifferences(running.primary, target, network),
  };
}

/** Before the first deployment, and after the last, there is nothing to be found. */
async function whatRuns(context: Context) {
  try {
    return await together([runningService(context), findRevisions(context), taskNetwork(context)]);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

/** Releases change the image; so what the task definition had when the tasks were released counts, not what they run. */
async function imageChange(
  context: Context,
  { revision }: RunningService,
  terraform: Revision,
): Promise<readonly DefinitionChange[]> {
  const arn = String(revision.taskDefinitionArn);
  if (arn === terraform.arn) return [];
  const { tags } = await readRevision(context, arn);
  const base = tagValue(tags, TERRAFORM_REVISION);
  const { definition } = base === undefined ? { definition: revision } : await readRevision(context, base);
  const { containerName } = context.target;
  const before = imageIn(taskContent(definition), containerName);
  const after = imageIn(taskContent(terraform.definition), containerName);
  if (before === after) return [];
  const name = (image: string) => {
    const { tag, digest } = imageReference(image);
    return tag ?? digest ?? image;
  };
  return [{ kind: 'image', what: 'image', before: name(before), after: name(after) }];
}
