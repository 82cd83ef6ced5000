/**
 * Media types of lists of images: for several architectures, or (what `docker buildx` makes unless told otherwise) for one and its
 * attestations. https://docs.docker.com/build/metadata/attestations/attestation-storage/
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
