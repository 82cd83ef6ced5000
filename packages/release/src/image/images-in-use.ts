import { DescribeTaskDefinitionCommand, type Service } from '@aws-sdk/client-ecs';
import { UserError } from '@nightshift/errors';
import { type Given, isAboutAws } from '../aws-answers';
import { goodVersions } from '../plan/last-good-release';
import { runningService, type RunningService } from '../plan/running-service';
import { imageIn, taskContent } from '../plan/task-revisions';
import type { Check, Finding } from '../preflight/checklist';
import { releaseHistory } from '../records/release-history';
import type { ReleaseContext } from '../release-context';
import { imageReference, type ImageReference, versionName } from './image-name';
import {
  keepImage,
  letExpire,
  repositoryImages,
  type RepositoryImage,
  type Retention,
  retentionOf,
} from './repository-images';

type Context = Pick<ReleaseContext, 'clients' | 'target'>;

/** An image that the environment needs. */
export interface ImageInUse {
  /** `running`: ECS pulls it for each new task. `last-good`: a rollback needs it. */
  readonly use: 'running' | 'last-good';
  /** Display name. */
  readonly name: string;
  readonly retention: Retention;
}

interface Found {
  readonly images: readonly RepositoryImage[];
  readonly inUse: readonly (Pick<ImageInUse, 'use' | 'name'> & { readonly image: RepositoryImage | undefined })[];
}

/** The number of newest releases to search for the last good one. */
const RECORDS = 100;

/**
 * The images that the environment needs, and how long they stay in the repository.
 * @throws {UserError} when there is no service.
 */
export async function imagesInUse(
  context: Context,
  running: () => Promise<RunningService> = () => runningService(context),
): Promise<readonly ImageInUse[]> {
  const { images, inUse } = await findImagesInUse(context, await running());
  const { keepImages } = context.target.environment.registry;
  return inUse.map(({ use, name, image }) => ({ use, name, retention: retentionOf(images, image, keepImages) }));
}

/**
 * Keeps the images that the environment needs in the repository, and lets those expire that it does not need any more (R2.2).
 * @param nextDigest digest of the version of the next release.
 */
export async function keepImagesInUse(context: Context, nextDigest?: string): Promise<void> {
  const { clients, target } = context;
  const { images, inUse } = await findImagesInUse(context, await runningService(context));
  const needed = new Set(inUse.flatMap(({ image }) => image ?? []));
  const next = images.find(({ digest }) => digest === nextDigest);
  if (next) needed.add(next);
  for (const image of needed) await keepImage(clients.ecr, target.repository, image);
  const unneeded = images.filter((image) => !needed.has(image));
  await letExpire(clients.ecr, target.repository, images, unneeded, target.environment.registry.keepImages);
}

async function findImagesInUse(context: Context, { service, revision: primary }: RunningService): Promise<Found> {
  const { clients, target } = context;
  const [images, { records }, references] = await Promise.all([
    repositoryImages(clients.ecr, target.repository),
    releaseHistory(context, RECORDS),
    runningImages(
      context,
      (service as Given<Service, 'taskSets'>).taskSets.map(({ taskDefinition }) => String(taskDefinition)),
    ),
  ]);
  const find = ({ digest, tag }: { readonly digest?: string | undefined; readonly tag?: string | undefined }) =>
    images.find((image) => (digest === undefined ? image.tags.includes(String(tag)) : image.digest === digest));
  const running = references.map((reference) => {
    const image = find(reference);
    const tag = reference.tag ?? image?.tags[0];
    return { use: 'running' as const, name: versionName({ ...reference, ...(tag !== undefined && { tag }) }), image };
  });
  const good = goodVersions(records, { taskDefinition: String(primary.taskDefinitionArn) });
  // A rollback skips those whose image is gone.
  const lastGood = good.find((version) => find(version)) ?? good[0];
  const rollback = lastGood && { use: 'last-good' as const, name: versionName(lastGood), image: find(lastGood) };
  return { images, inUse: [...running, ...(rollback ? [rollback] : [])] };
}

async function runningImages(
  { clients, target }: Context,
  definitions: readonly string[],
): Promise<readonly ImageReference[]> {
  const images = await Promise.all(
    [...new Set(definitions)].map(async (arn) => {
      const { taskDefinition } = await clients.ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: arn }));
      return taskDefinition ? imageIn(taskContent(taskDefinition), target.containerName) : '';
    }),
  );
  return [...new Set(images)].map(imageReference);
}

/** The number of remaining pushes from which an expiring image is reported. */
const FEW_PUSHES = 3;

/** The images in use are in the repository, and stay there. */
export function imagesInUseCheck(context: Context & { readonly running?: () => Promise<RunningService> }): Check {
  const run = async () => imagesFinding(await imagesInUse(context, context.running), context);
  return { title: 'images in use', run };
}

/** The same for an environment that may not be deployed yet. */
export function deployedImagesCheck(connect: () => Promise<Context>): Check {
  const run = async (): Promise<Finding> => {
    try {
      return await imagesInUseCheck(await connect()).run();
    } catch (error) {
      if (error instanceof UserError) return { mark: 'SKIP', detail: 'nothing runs yet' };
      throw error;
    }
  };
  return { title: 'images in use', run };
}

/**
 * The problem with the images in use, and the fix. Undefined without a problem or a service. An error of AWS becomes the problem, since the
 * command can continue without this warning.
 */
export async function imageWarning(context: Context): Promise<string | undefined> {
  try {
    const { mark, detail, remedy } = imagesFinding(await imagesInUse(context), context);
    return mark === 'OK' ? undefined : `${detail} - ${String(remedy)}`;
  } catch (error) {
    if (error instanceof UserError) return undefined;
    if (isAboutAws(error)) return `cannot check the images in use: ${error.message}`;
    throw error;
  }
}

/** `WARN` with each image that is missing, or that expires after a few pushes. */
function imagesFinding(images: readonly ImageInUse[], { target }: Pick<Context, 'target'>): Finding {
  const problems = images.flatMap((image) => imageProblem(image) ?? []);
  if (problems.length === 0) return { mark: 'OK', detail: [...new Set(images.map(({ name }) => name))].join(', ') };
  const missing = images.some(({ use, retention }) => use === 'running' && retention.kind === 'missing');
  const { nxRun } = target.commands;
  const remedy = missing
    ? `push the same image again, or release another one: ${nxRun('compute', 'release')} --image <tag>`
    : `keep them: ${nxRun('compute', 'deploy')} --refresh`;
  return { mark: 'WARN', detail: problems.join('; '), remedy };
}

function imageProblem({ use, name, retention }: ImageInUse): string | undefined {
  const what = use === 'running' ? `image ${name}, which runs now,` : `image ${name} of the last good release`;
  switch (retention.kind) {
    case 'kept':
      return undefined;
    case 'missing':
      return use === 'running'
        ? `${what} is not in the repository: ECS cannot replace its tasks`
        : `${what} is not in the repository: a rollback cannot start it`;
    case 'expires': {
      const { pushes } = retention;
      if (pushes > FEW_PUSHES) return undefined;
      const when = ['at any time', 'with the next push'][pushes] ?? `after ${String(pushes)} more pushes`;
      return `${what} expires ${when}`;
    }
  }
}
