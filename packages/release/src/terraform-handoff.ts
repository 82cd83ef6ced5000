import { DeregisterTaskDefinitionCommand, type Tag, type TaskSet } from '@aws-sdk/client-ecs';
import { UserError } from '@nightshift/errors';
import { imageReference } from './image/image-name';
import { capacityShares } from './plan/app-spec';
import { type DefinitionChange, diffDefinitions } from './plan/definition-diff';
import { runningService, type RunningService } from './plan/running-service';
import { taskNetwork, type TaskNetwork } from './plan/task-network';
import {
  activeRevisions,
  findRevisions,
  imageIn,
  isRegisteredElsewhere,
  readRevision,
  type Revision,
  revisionNumber,
  tagValue,
  taskContent,
  TERRAFORM_REVISION,
  withImage,
} from './plan/task-revisions';
import type { ReleaseContext } from './release-context';
import type { ReleaseTarget } from './target';

type Context = Pick<ReleaseContext, 'clients' | 'target'>;

/** Deployed or configured changes that the tasks do not have yet. No release is needed if both lists are empty. */
export interface ReleaseDue {
  /** Whether there is a service to release to. */
  readonly runs: boolean;
  /**
   * Differences between the running tasks and Terraform's newest task definition. The image is included only if Terraform has changed it
   * since their release.
   */
  readonly definition: readonly DefinitionChange[];
  readonly service: readonly ServiceDifference[];
}

const nothing: ReleaseDue = { runs: false, definition: [], service: [] };

/** Finds the changes that only a release can apply to the tasks. None without a running service. */
export async function releaseDue(context: Context): Promise<ReleaseDue> {
  const found = await whatRuns(context);
  if (!found) return nothing;
  const [running, { terraform }, network] = found;
  const { target } = context;
  const service = serviceDifferences(running.primary, target, network);
  const arn = String(running.revision.taskDefinitionArn);
  if (arn === terraform.arn) return { runs: true, definition: [], service };
  const { tags } = await readRevision(context, arn);
  const isForeign = isRegisteredElsewhere(tags);
  // Another client deployed it after Terraform's deploy: a release of Terraform's revision would revert that.
  if (isForeign && revisionNumber(arn) > revisionNumber(terraform.arn)) return { runs: true, definition: [], service };
  const image = isForeign ? [] : await imageChange(context, running, tags, terraform);
  const wanted = taskContent(terraform.definition);
  const runs = withImage(taskContent(running.revision), target.containerName, imageIn(wanted, target.containerName));
  return {
    runs: true,
    definition: [...image, ...diffDefinitions({ wanted, runs, from: {}, to: {}, target })],
    service,
  };
}

/** Returns undefined for an environment that is not deployed. */
async function whatRuns(context: Context) {
  try {
    return await together([runningService(context), findRevisions(context), taskNetwork(context)]);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

/** Releases change the image, so the comparison uses the revision that was released, not the running tasks. */
async function imageChange(
  context: Context,
  { revision }: RunningService,
  tags: readonly Tag[],
  terraform: Revision,
): Promise<readonly DefinitionChange[]> {
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

/** The current and the expected value of the service, as display text. */
export interface ServiceDifference {
  readonly what: 'capacity' | 'platform version' | 'subnets' | 'security groups' | 'load balancer';
  readonly before: string;
  readonly after: string;
}

/**
 * Differences between the service and the configuration that Terraform does not show: ECS cannot update these attributes with the
 * CODE_DEPLOY controller, so Terraform ignores them. The next release applies them.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html
 */
export function serviceDifferences(
  primary: TaskSet,
  target: ReleaseTarget,
  network: TaskNetwork,
): readonly ServiceDifference[] {
  const { platformVersion } = target.environment.service;
  const { subnets = [], securityGroups = [] } = primary.networkConfiguration?.awsvpcConfiguration ?? {};
  const [behind] = primary.loadBalancers ?? [];
  const all: readonly ServiceDifference[] = [
    {
      what: 'capacity',
      before: sharesText(primary.capacityProviderStrategy ?? []),
      after: sharesText(capacityShares(target)),
    },
    // LATEST changes over time, and tasks have a version number.
    {
      what: 'platform version',
      before: platformVersion === 'LATEST' ? platformVersion : (primary.platformVersion ?? 'none'),
      after: platformVersion,
    },
    { what: 'subnets', before: listed(subnets), after: listed(network.subnets) },
    { what: 'security groups', before: listed(securityGroups), after: listed(network.securityGroups) },
    {
      what: 'load balancer',
      before: behind ? `${String(behind.containerName)}:${String(behind.containerPort)}` : 'none',
      after: `${target.containerName}:${String(target.containerPort)}`,
    },
  ];
  return all.filter(({ before, after }) => before !== after);
}

interface Share {
  readonly capacityProvider?: string | undefined;
  readonly weight?: number | undefined;
  readonly base?: number | undefined;
}

function sharesText(shares: readonly Share[]): string {
  return listed(
    shares.map(({ capacityProvider, weight = 0, base = 0 }) => {
      const first = base === 0 ? '' : ` (${String(base)} at least)`;
      return `${String(capacityProvider)} ${String(weight)}${first}`;
    }),
  );
}

/** Regardless of the order. */
function listed(texts: readonly string[]): string {
  return texts.length === 0 ? 'none' : [...texts].sort().join(', ');
}

/** Number of parallel calls: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/request-throttling.html */
const AT_ONCE = 5;

/**
 * Deregisters all revisions of the environment's task definition: those of releases, which are not in Terraform's state, and those of
 * Terraform, which it keeps (`skip_destroy`) so that a service never uses an inactive revision.
 * @returns their ARNs.
 */
export async function deregisterFamily(
  context: Pick<ReleaseContext, 'clients' | 'target'>,
): Promise<readonly string[]> {
  const { ecs } = context.clients;
  const all = await activeRevisions(context);
  for (let start = 0; start < all.length; start += AT_ONCE) {
    const some = all.slice(start, start + AT_ONCE);
    await Promise.all(some.map((taskDefinition) => ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition }))));
  }
  return all;
}

/**
 * Waits for all promises, so that the user sees all problems at once.
 * @throws {UserError} with all problems, or the first error that is not a UserError.
 */
async function together<T extends readonly unknown[]>(
  all: readonly [...{ [K in keyof T]: Promise<T[K]> }],
): Promise<T> {
  const promises = all as readonly Promise<unknown>[];
  const results = await Promise.allSettled(promises);
  const failures = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
  const defect = failures.find((failure) => !(failure instanceof UserError));
  if (defect !== undefined) throw defect;
  const [first, ...others] = (failures as UserError[]).flatMap(({ problems }) => problems);
  if (first) throw new UserError(first, ...others);
  return (await Promise.all(promises)) as unknown as T;
}
