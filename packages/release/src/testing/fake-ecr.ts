import type { DescribeImageScanFindingsResponse, ECRClient } from '@aws-sdk/client-ecr';
import { fakeClient, sdkError, type Handlers } from '@nightshift/testing/aws';

interface FakeImage {
  readonly digest: string;
  tags?: readonly string[];
  readonly pushedAt: Date;
  readonly mediaType?: string;
  /** `unreadable`: ECR returns an error. @default - the manifest of an image */
  readonly manifest?: object | 'unreadable';
}

/** The scan result of ECR; undefined without a scan. */
export type FakeScan = Pick<DescribeImageScanFindingsResponse, 'imageScanStatus' | 'imageScanFindings' | 'nextToken'>;

/** A digest that starts with the given digits. */
export const digestOf = (start: string): string => `sha256:${start.padEnd(64, '0')}`;

const IMAGE_MANIFEST = {
  config: { mediaType: 'application/vnd.oci.image.config.v1+json', digest: digestOf('cf') },
};

/** A data URL with the configuration of an image. */
export const configurationUrl = (configuration: object): string =>
  `data:application/json,${encodeURIComponent(JSON.stringify(configuration))}`;

/** One repository of ECR in memory. */
export class FakeEcr {
  repository = 'ecr-repository-dev';
  images: FakeImage[] = [];
  /** Scan results, one per request; the last one is repeated. */
  scans: (FakeScan | undefined)[] = [undefined];
  /** Digest or token of each request for a scan result. */
  readonly requests: string[] = [];
  /** Digests whose scan was started. */
  readonly started: string[] = [];
  /** Errors by command name. */
  readonly failures = new Map<string, Error>();
  /** The URL of the configuration of every image. */
  configurationUrl = configurationUrl({ os: 'linux', architecture: 'amd64' });
  /** Images per page. */
  pageSize = 100;

  get client(): ECRClient {
    return fakeClient(this.handlers, (name) => this.failures.get(name)) as ECRClient;
  }

  get handlers(): Handlers {
    return {
      DescribeImages: ({ repositoryName, imageIds, nextToken }) => {
        if (repositoryName !== this.repository) throw sdkError('RepositoryNotFoundException');
        return imageIds === undefined
          ? this.page(Number(nextToken ?? 0))
          : { imageDetails: [this.described(this.find((imageIds as object[])[0] as ImageId))] };
      },
      BatchGetImage: ({ imageIds }) => {
        const images = (imageIds as ImageId[]).map((id) => this.find(id));
        const readable = images.filter(({ manifest }) => manifest !== 'unreadable');
        return {
          images: readable.map(({ manifest = IMAGE_MANIFEST }) => ({ imageManifest: JSON.stringify(manifest) })),
          ...(readable.length < images.length && {
            failures: [{ failureCode: 'KmsError', failureReason: 'the key is disabled' }],
          }),
        };
      },
      GetDownloadUrlForLayer: () => ({ downloadUrl: this.configurationUrl }),
      PutImage: ({ imageDigest, imageTag }) => {
        const image = this.find({ imageDigest: String(imageDigest) });
        if (image.tags?.includes(String(imageTag))) throw sdkError('ImageAlreadyExistsException');
        image.tags = [...(image.tags ?? []), String(imageTag)];
        return {};
      },
      BatchDeleteImage: ({ imageIds }) => {
        for (const id of imageIds as ImageId[]) {
          const image = this.find(id);
          const tags = (image.tags as readonly string[]).filter((tag) => tag !== id.imageTag);
          image.tags = tags;
          if (tags.length === 0) this.images = this.images.filter((one) => one !== image);
        }
        return {};
      },
      DescribeImageScanFindings: ({ imageId, nextToken }) => {
        this.requests.push(String(nextToken ?? (imageId as ImageId).imageDigest));
        const scan = this.scans.length > 1 ? this.scans.shift() : this.scans[0];
        if (!scan) throw sdkError('ScanNotFoundException');
        return scan;
      },
      StartImageScan: ({ imageId }) => ({ started: this.started.push(String((imageId as ImageId).imageDigest)) }),
    };
  }

  private find({ imageTag = '', imageDigest }: ImageId): FakeImage {
    const image = this.images.find(({ digest, tags = [] }) => digest === imageDigest || tags.includes(imageTag));
    if (!image) throw sdkError('ImageNotFoundException');
    return image;
  }

  private page(start: number): object {
    const next = start + this.pageSize;
    return {
      imageDetails: this.images.slice(start, next).map((image) => this.described(image)),
      ...(next < this.images.length && { nextToken: String(next) }),
    };
  }

  private described({ digest, tags, pushedAt, mediaType }: FakeImage): object {
    return { imageDigest: digest, imageTags: tags, imagePushedAt: pushedAt, imageManifestMediaType: mediaType };
  }
}

interface ImageId {
  readonly imageTag?: string;
  readonly imageDigest?: string;
}
