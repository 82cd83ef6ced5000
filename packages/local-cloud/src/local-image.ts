import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface LocalImageProps {
  /** The version that its tasks report, like `--build-arg VERSION` of a real image. */
  readonly tag: string;
  readonly behaves: ImageBehaviour;
  /** Architecture in container images. @default - amd64 */
  readonly architecture?: 'amd64' | 'arm64';
  /** The workload: one JavaScript file. */
  readonly bundle: Uint8Array;
}

export interface LocalImage {
  /** JSON, as PutImage takes it. */
  readonly manifest: string;
  /** Of the manifest: `sha256:…`. */
  readonly digest: string;
  readonly bundleDigest: string;
  /** JSON: the platform, and how a container starts. */
  readonly configuration: string;
  readonly configurationDigest: string;
}

/** https://github.com/opencontainers/image-spec/blob/v1.1.1/manifest.md */
const MANIFEST_TYPE = 'application/vnd.oci.image.manifest.v1+json';

const CONFIG_TYPE = 'application/vnd.oci.image.config.v1+json';

/** As `ecs/images.py` has it. */
const BUNDLE_TYPE = 'application/vnd.nightshift.bundle.v1+javascript';

/** An image of the workload for the local cloud, with the bundle as its only layer, and its behaviour as an annotation. */
export function localImage({ tag, behaves, architecture = 'amd64', bundle }: LocalImageProps): LocalImage {
  const bundleDigest = digestOf(bundle);
  const configuration = JSON.stringify({
    architecture,
    os: 'linux',
    config: { User: '1000:1000', Env: [`VERSION=${tag}`], Cmd: ['node', 'main.js'] },
    rootfs: { type: 'layers', diff_ids: [bundleDigest] },
  });
  const configurationDigest = digestOf(configuration);
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: MANIFEST_TYPE,
    config: { mediaType: CONFIG_TYPE, digest: configurationDigest, size: configuration.length },
    layers: [{ mediaType: BUNDLE_TYPE, digest: bundleDigest, size: bundle.length }],
    annotations: { 'nightshift.local/behaves': behaves, 'nightshift.local/version': tag },
  });
  return { manifest, digest: digestOf(manifest), bundleDigest, configuration, configurationDigest };
}

function digestOf(content: string | Uint8Array): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}

/** Stores the parts of an image for the local cloud, in files named after their digests. */
export async function keepImageFiles(
  folder: string,
  { bundleDigest, configuration, configurationDigest }: Omit<LocalImage, 'manifest' | 'digest'>,
  bundle: Uint8Array,
): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = (digest: string, type: string) => join(folder, `${digest.replace('sha256:', '')}.${type}`);
  await writeFile(file(bundleDigest, 'js'), bundle, { mode: 0o600 });
  await writeFile(file(configurationDigest, 'json'), configuration, { mode: 0o600 });
}

/** The behaviours of an image, as `ecs/images.py` reads them, for help and reports. */
export const imageBehaviours = {
  healthy: 'processes jobs',
  unhealthy: 'runs, but fails its health checks',
  crashes: 'exits with code 1 a few seconds after its start',
  'out-of-memory': 'is killed because it uses more memory than its limit',
  'slow-start': 'processes jobs, but only 50 s (of AWS time) after its start',
  errors: 'passes its health checks, but responds with 500 to all other requests',
} as const;

export type ImageBehaviour = keyof typeof imageBehaviours;
