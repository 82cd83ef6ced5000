import type { S3Client } from '@aws-sdk/client-s3';

/** A bucket that bootstrap creates, and what its settings are made from. */
export interface Bucket {
  readonly s3: S3Client;
  /**
   * What every request names. S3 refuses it when the bucket is another account's:
   * https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-owner-condition.html
   */
  readonly request: { readonly Bucket: string; readonly ExpectedBucketOwner: string };
  /** The second part of every ARN, such as `aws`. */
  readonly partition: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** The bucket that holds an environment's Terraform state. */
export interface StateBucket extends Bucket {
  readonly keyArn: string;
}
