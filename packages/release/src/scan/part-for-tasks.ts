import { BatchGetImageCommand } from '@aws-sdk/client-ecr';
import { UserError } from '@nightshift/errors';
import type { WantedImage } from './find-image';

/**
 * Lists of images: for several architectures, or (what `docker buildx` makes unless told otherwise) for one and its
 * attestations. https://docs.docker.com/build/metadata/attestations/attestation-storage/
 */
const indexTypes = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
];

interface Index {
  readonly manifests: readonly {
    readonly digest: string;
    readonly platform?: { readonly os: string; readonly architecture: string };
  }[];
}

/** As the images of an index have it: https://go.dev/doc/install/source#environment */
const architectures = { X86_64: 'amd64', ARM64: 'arm64' } as const;

export function isIndex(mediaType: string | undefined): boolean {
  return mediaType !== undefined && indexTypes.includes(mediaType);
}

/**
 * ECR scans the parts of an index, not the index.
 * @returns the digest of the part that the environment's tasks run.
 * @throws {UserError} when it has none for their architecture.
 */
export async function partForTasks(
  { ecr, repository, image, environment }: WantedImage,
  imageDigest: string,
): Promise<string> {
  const wanted = `linux/${architectures[environment.task.architecture]}`;
  const { images = [], failures = [] } = await ecr.send(
    new BatchGetImageCommand({
      repositoryName: repository,
      imageIds: [{ imageDigest }],
      acceptedMediaTypes: indexTypes,
    }),
  );
  const manifest = images[0]?.imageManifest;
  if (manifest === undefined) {
    throw new UserError({
      where: repository,
      what: `the parts of image ${image.text} cannot be read`,
      got: failures.map(({ failureCode, failureReason }) => `${String(failureCode)}: ${String(failureReason)}`).join(),
      todo: 'correct the cause, then run the same command again',
    });
  }
  const platforms = (JSON.parse(manifest) as Index).manifests
    .map(({ digest, platform }) => ({ digest, name: `${String(platform?.os)}/${String(platform?.architecture)}` }))
    // Attestations are for unknown/unknown.
    .filter(({ name }) => name.startsWith('linux/'));
  const part = platforms.find(({ name }) => name === wanted);
  if (part) return part.digest;
  throw new UserError({
    where: repository,
    what: `image ${image.text} is not built for ${wanted}`,
    got: platforms.map(({ name }) => name).join(', '),
    todo: `build it for ${wanted}, or change task.architecture in environments/${environment.name}.yaml`,
  });
}
