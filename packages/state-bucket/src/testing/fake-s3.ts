import { type Handler, type Handlers, type Input, sdkError } from '@nightshift/testing/aws';

interface Version {
  readonly Key: string;
  readonly VersionId: string;
  readonly marker: boolean;
}

/** One bucket in memory. */
export class FakeBucket {
  /** What the Put… commands stored, by the name of what they put, such as `BucketVersioning`. */
  readonly settings = new Map<string, object>();
  readonly objects = new Map<string, string>();
  readonly versions: Version[] = [];
  /** When its objects were written, as `GetObject` reports it. */
  writtenAt: Date | undefined;

  constructor(
    readonly region = 'us-east-1',
    readonly owner = 'self',
  ) {}

  put(key: string, body: string): void {
    this.objects.set(key, body);
    this.versions.push({ Key: key, VersionId: `v${String(this.versions.length + 1)}`, marker: false });
  }

  /** As in a bucket with versioning: the object goes, its versions stay. */
  delete(key: string): void {
    this.objects.delete(key);
    this.versions.push({ Key: key, VersionId: `v${String(this.versions.length + 1)}`, marker: true });
  }
}

/** What is put to a bucket: the field that holds it, and the error for "there is none". */
const settings: Readonly<Record<string, { readonly field: string; readonly absent?: string; readonly flat?: true }>> = {
  BucketVersioning: { field: 'VersioningConfiguration', flat: true },
  BucketEncryption: {
    field: 'ServerSideEncryptionConfiguration',
    absent: 'ServerSideEncryptionConfigurationNotFoundError',
  },
  PublicAccessBlock: { field: 'PublicAccessBlockConfiguration', absent: 'NoSuchPublicAccessBlockConfiguration' },
  BucketOwnershipControls: { field: 'OwnershipControls', absent: 'OwnershipControlsNotFoundError' },
  BucketPolicy: { field: 'Policy', absent: 'NoSuchBucketPolicy' },
  BucketLifecycleConfiguration: {
    field: 'LifecycleConfiguration',
    absent: 'NoSuchLifecycleConfiguration',
    flat: true,
  },
  BucketLogging: { field: 'BucketLoggingStatus', flat: true },
  BucketTagging: { field: 'Tagging', absent: 'NoSuchTagSet', flat: true },
};

/** S3 in memory. */
export class FakeS3 {
  readonly buckets = new Map<string, FakeBucket>();
  /** How many entries a listing gives at once. */
  pageSize = 1000;

  bucket(name: string): FakeBucket {
    const bucket = this.buckets.get(name);
    if (!bucket) throw sdkError('NoSuchBucket', 'The specified bucket does not exist', 404);
    return bucket;
  }

  get handlers(): Handlers {
    return {
      ...Object.fromEntries(Object.keys(settings).flatMap((name) => this.settingHandlers(name))),
      HeadBucket: ({ Bucket }) => {
        const bucket = this.buckets.get(Bucket as string);
        if (!bucket) throw sdkError('NotFound', 'UnknownError', 404);
        if (bucket.owner !== 'self') throw sdkError('403', 'UnknownError', 403);
        return { BucketRegion: bucket.region };
      },
      CreateBucket: ({ Bucket, CreateBucketConfiguration: { LocationConstraint } = {} }: Input) => {
        this.buckets.set(Bucket as string, new FakeBucket((LocationConstraint as string | undefined) ?? 'us-east-1'));
        return {};
      },
      DeleteBucket: ({ Bucket }) => {
        const { versions } = this.bucket(Bucket as string);
        if (versions.length > 0) throw sdkError('BucketNotEmpty', 'The bucket you tried to delete is not empty', 409);
        this.buckets.delete(Bucket as string);
        return {};
      },
      GetObject: ({ Bucket, Key }) => {
        const { objects, versions, writtenAt: LastModified } = this.bucket(Bucket as string);
        const body = objects.get(Key as string);
        if (body === undefined) throw sdkError('NoSuchKey', 'The specified key does not exist.', 404);
        const VersionId = versions.findLast((version) => version.Key === Key)?.VersionId;
        return {
          ETag: `"${String(body.length)}"`,
          VersionId,
          LastModified,
          Body: { transformToString: () => Promise.resolve(body) },
        };
      },
      PutObject: ({ Bucket, Key, Body }) => {
        this.bucket(Bucket as string).put(Key as string, Body as string);
        return {};
      },
      ListObjectsV2: ({ Bucket, ContinuationToken }) => {
        const keys = [...this.bucket(Bucket as string).objects.keys()].map((Key) => ({ Key }));
        const { page, next } = this.page(keys, ContinuationToken as string | undefined);
        return { ...(page.length > 0 && { Contents: page }), NextContinuationToken: next };
      },
      ListObjectVersions: ({ Bucket, KeyMarker }) => {
        const { page, next } = this.page(this.bucket(Bucket as string).versions, KeyMarker as string | undefined);
        const of = (marker: boolean) => page.filter((version) => version.marker === marker);
        return {
          ...(of(false).length > 0 && { Versions: of(false) }),
          ...(of(true).length > 0 && { DeleteMarkers: of(true) }),
          NextKeyMarker: next,
        };
      },
      DeleteObjects: ({ Bucket, Delete }) => {
        const { versions, objects } = this.bucket(Bucket as string);
        for (const { Key, VersionId } of Delete.Objects as { Key: string; VersionId: string }[]) {
          objects.delete(Key);
          versions.splice(
            versions.findIndex((version) => version.VersionId === VersionId),
            1,
          );
        }
        return {};
      },
    };
  }

  private settingHandlers(name: string): [string, Handler][] {
    const { field, absent, flat = false } = settings[name] as (typeof settings)[string];
    const get: Handler = ({ Bucket }) => {
      const stored = this.bucket(Bucket as string).settings.get(name);
      if (stored === undefined && absent !== undefined) throw sdkError(absent, absent, 404);
      return flat ? { ...stored } : { [field]: stored };
    };
    const put: Handler = ({ Bucket, ...input }) => {
      this.bucket(Bucket as string).settings.set(name, input[field] as object);
      return {};
    };
    return [
      [`Get${name}`, get],
      [`Put${name}`, put],
    ];
  }

  private page<T>(all: readonly T[], from = '0'): { page: readonly T[]; next: string | undefined } {
    const end = Number(from) + this.pageSize;
    return { page: all.slice(Number(from), end), next: end < all.length ? String(end) : undefined };
  }
}
