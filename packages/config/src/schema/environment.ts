import { z } from 'zod';
import { alarms, gates } from './alarms';
import { crossFieldRules } from './cross-field-rules';
import { network } from './network';
import { whole } from './primitives';
import { deployment, loadBalancer, scaling, service } from './service';
import { container, task } from './task';

/** https://docs.aws.amazon.com/tag-editor/latest/userguide/tagging.html */
const tagKey = z.string().regex(/^(?!aws:)[\w .:/=+@-]{1,128}$/i, 'is not a tag key that AWS accepts');
const tagValue = z
  .string()
  .regex(
    /^[\w .:/=+@-]{1,256}$/,
    'is not a tag value that AWS accepts - use letters, digits, spaces and _ . : / = + - @',
  );

/** R0.9. `Environment` is the suffix and cannot be set. */
const tags = z
  .object({
    Project: tagValue,
    CostCenter: tagValue,
    Environment: z.never('is set by Nightshift to the suffix - remove it').optional(),
  })
  .catchall(tagValue)
  .refine(
    (all) => Object.keys(all).every((key) => tagKey.safeParse(key).success),
    'has a key that AWS does not accept - use up to 128 letters, digits, spaces and _ . : / = + - @, not starting with aws:',
  )
  .refine((all) => Object.keys(all).length <= 45, 'has more tags than AWS accepts - keep at most 45');

const bucketName = z
  .string()
  .regex(
    /^[a-z0-9](?:[a-z0-9-]{1,61}[a-z0-9])$/,
    'is not a bucket name - use 3 to 63 lower-case letters, digits and -',
  );

/** An AWS log group's retention in days: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** The shape of `environments/<suffix>.yaml`. Defaults are the requirements' numbers, so that a file says only what differs. */
export const environmentFile = z
  .strictObject({
    cloud: z
      .enum(['aws', 'local'])
      .default('aws')
      .describe('aws, or local for the AWS that runs on this machine (nightshift local up)'),
    profile: z
      .boolean()
      .default(false)
      .describe(
        'true: no environment of its own but a pattern for ephemeral ones, whose suffix comes from ENVIRONMENT_SUFFIX',
      ),
    region: z
      .string()
      .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'is not an AWS region - write one such as us-east-1')
      .default('us-east-1'),
    account: z
      .strictObject({ id: z.string().regex(/^\d{12}$/, 'is not an AWS account id - write its 12 digits in quotes') })
      .optional()
      .describe('the only account that may be touched'),
    tags: tags.describe('tags of every resource; Environment is added'),
    bucketQualifier: z
      .string()
      .regex(
        /^[a-z0-9](?:[a-z0-9-]{0,22}[a-z0-9])?$/,
        'is not part of a bucket name - use up to 24 lower-case letters, digits and -',
      )
      .optional()
      .describe('what makes bucket names unique in all of AWS, such as your organisation; the Project tag by default'),
    state: z
      .strictObject({ bucket: bucketName.optional() })
      .prefault({})
      .describe('where Terraform keeps its state; a bucket of its own by default'),
    network: network.prefault({}),
    registry: z
      .strictObject({
        keepImages: whole(1, 1000).default(10).describe('how many of the newest images stay'),
        highestSeverity: z
          .enum(['NONE', 'INFORMATIONAL', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL'])
          .default('HIGH')
          .describe('the highest severity of a vulnerability that an image may have'),
      })
      .prefault({}),
    container: container.prefault({}),
    task: task.prefault({}),
    service: service.prefault({}),
    scaling: scaling.prefault({}),
    loadBalancer: loadBalancer.prefault({}),
    deployment: deployment.prefault({}),
    logs: z
      .strictObject({
        retentionDays: z
          .int()
          .refine(
            (days) => RETENTION_DAYS.includes(days),
            `is not a retention that CloudWatch Logs offers - use one of ${RETENTION_DAYS.join(', ')}`,
          )
          .default(30),
      })
      .prefault({}),
    encryption: z
      .strictObject({
        deletionWindowDays: whole(7, 30).default(7).describe('how long a deleted key can be brought back'),
      })
      .prefault({}),
    alarms: alarms.prefault({}),
    gates: gates.prefault({}),
    delivery: z
      .strictObject({ order: whole(1, 100).describe('when the pipeline deploys this environment, lowest first') })
      .optional()
      .describe('present: the pipeline deploys this environment on every push to main'),
  })
  .superRefine(crossFieldRules);

export type EnvironmentFile = z.output<typeof environmentFile>;
