import { BatchGetImageCommand, GetDownloadUrlForLayerCommand, type ECRClient } from '@aws-sdk/client-ecr';
import type { Environment } from '@nightshift/config';
import { UserError } from '@nightshift/errors';
import type { Given } from '../aws-answers';
import type { ImageName } from './image-name';

/** The repository to search for an image. */
export interface WantedImage {
  readonly ecr: ECRClient;
  readonly repository: string;
  readonly image: ImageName;
  readonly environment: Environment;
}

/**
 * Media types of image indexes: for several architectures, or (the default of `docker buildx`) for one and its attestations.
 * https://docs.docker.com/build/metadata/attestations/attestation-storage/
 */
export const indexTypes = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
];

/** One image of an index. */
export interface IndexPart {
  readonly digest: string;
  readonly platform?: { readonly os: string; readonly architecture: string };
}

/** The images of an index, by its manifest. */
export function partsOf(manifest: string): readonly IndexPart[] {
  return (JSON.parse(manifest) as { readonly manifests: readonly IndexPart[] }).manifests;
}

/**
 * The digest that the environment's tasks run, and that ECR scans: of the image, or of the part of an image index.
 * @throws {UserError} when they cannot run it.
 */
export async function digestForTasks(wanted: WantedImage, imageDigest: string, mediaType: string): Promise<string> {
  if (indexTypes.includes(mediaType)) return await partForTasks(wanted, imageDigest);
  await requirePlatform(wanted, imageDigest);
  return imageDigest;
}

/** The architectures in an image index: https://go.dev/doc/install/source#environment */
const architectures = { X86_64: 'amd64', ARM64: 'arm64' } as const;

/**
 * ECR scans the parts of an index, not the index.
 * @returns the digest of the part that the environment's tasks run.
 * @throws {UserError} when it has none for their architecture.
 */
async function partForTasks(
  { ecr, repository, image, environment }: WantedImage,
  imageDigest: string,
): Promise<string> {
  const wanted = platformOf(environment);
  const manifest = await manifestOf({ ecr, repository, image }, imageDigest, indexTypes);
  const platforms = partsOf(manifest)
    .map(({ digest, platform }) => ({ digest, name: `${String(platform?.os)}/${String(platform?.architecture)}` }))
    // Attestations are for unknown/unknown.
    .filter(({ name }) => name.startsWith('linux/'));
  const part = platforms.find(({ name }) => name === wanted);
  if (part) return part.digest;
  throw wrongPlatform({ repository, image, environment }, platforms.map(({ name }) => name).join(', '));
}

/** https://github.com/opencontainers/image-spec/blob/v1.1.1/manifest.md */
interface Manifest {
  readonly artifactType?: string;
  readonly config?: { readonly mediaType: string; readonly digest: string };
}

/** The types of the configuration of an image. Other artifacts, such as Helm charts and signatures, have types of their own. */
const configurationTypes = [
  'application/vnd.oci.image.config.v1+json',
  'application/vnd.docker.container.image.v1+json',
];

/** @throws {UserError} when the manifest is not of an image, or of an image for another platform. */
async function requirePlatform(wanted: WantedImage, imageDigest: string): Promise<void> {
  const { repository, image, environment } = wanted;
  const { artifactType, config } = JSON.parse(await manifestOf(wanted, imageDigest)) as Manifest;
  if (!config || artifactType !== undefined || !configurationTypes.includes(config.mediaType)) {
    throw new UserError({
      where: repository,
      what: `${image.text} is not a container image`,
      got: artifactType ?? config?.mediaType ?? 'a manifest without a configuration',
      todo: `use an image that is built for ${platformOf(environment)}`,
    });
  }
  const { os, architecture } = await configurationOf(wanted, config.digest);
  const got = `${String(os)}/${String(architecture)}`;
  if (got !== platformOf(environment)) throw wrongPlatform(wanted, got);
}

const UNREADABLE = ['LayersNotFoundException', 'LayerInaccessibleException', 'TypeError', 'SyntaxError'];

/** The platform in the configuration of an image, which ECR stores as a layer. */
async function configurationOf(
  { ecr, repository, image }: WantedImage,
  layerDigest: string,
): Promise<{ readonly os?: string; readonly architecture?: string }> {
  try {
    const { downloadUrl } = await ecr.send(
      new GetDownloadUrlForLayerCommand({ repositoryName: repository, layerDigest }),
    );
    const answer = await fetch(String(downloadUrl));
    if (!answer.ok) throw new TypeError(`HTTP status ${String(answer.status)}`);
    return (await answer.json()) as { readonly os?: string; readonly architecture?: string };
  } catch (error) {
    // Compared by name, because `fetch` throws errors of Node's own classes. A failed connection is a TypeError.
    const { name, message } = error as Error;
    if (!UNREADABLE.includes(name)) throw error;
    throw new UserError({
      where: repository,
      what: `the configuration of image ${image.text} cannot be read`,
      got: message,
      todo: 'check the connection to Amazon S3, or push the image again under another tag',
    });
  }
}

function platformOf(environment: Environment): string {
  return `linux/${architectures[environment.task.architecture]}`;
}

function wrongPlatform(
  { repository, image, environment }: Pick<WantedImage, 'repository' | 'image' | 'environment'>,
  got: string,
): UserError {
  const wanted = platformOf(environment);
  return new UserError({
    where: repository,
    what: `image ${image.text} is not built for ${wanted}`,
    got,
    todo: `build it for ${wanted}, or change task.architecture in environments/${environment.name}.yaml`,
  });
}

/** @throws {UserError} when it cannot be read. */
async function manifestOf(
  { ecr, repository, image }: Pick<WantedImage, 'ecr' | 'repository' | 'image'>,
  imageDigest: string,
  acceptedMediaTypes?: string[],
): Promise<string> {
  const answer = await ecr.send(
    new BatchGetImageCommand({ repositoryName: repository, imageIds: [{ imageDigest }], acceptedMediaTypes }),
  );
  const { images, failures = [] } = answer as Given<typeof answer, 'images'>;
  const manifest = images[0]?.imageManifest;
  if (manifest !== undefined) return manifest;
  throw new UserError({
    where: repository,
    what: `the manifest of image ${image.text} cannot be read`,
    got: failures.map(({ failureCode, failureReason }) => `${String(failureCode)}: ${String(failureReason)}`).join(),
    todo: 'correct the cause, then run the same command again',
  });
}
