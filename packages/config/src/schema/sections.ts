import { z } from 'zod';
import { BASE_NAME } from '../base-file';
import { alarms } from './alarms';
import { container } from './container';
import { deployment } from './deployment';
import { gates } from './gates';
import { loadBalancer } from './load-balancer';
import { network } from './network';
import { whole } from './primitives';
import { processingWindows } from './processing-windows';
import { region } from './regions';
import { scaling } from './scaling';
import { service } from './service';
import { tags } from './tags';
import { task } from './task';
import { waivers } from './waivers';

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

export const sections = z.strictObject({
  extends: z
    .string()
    .regex(BASE_NAME, 'is not the name of a base - use lower-case letters, digits and -, such as base')
    .optional()
    .describe('a file in environments/bases, without .yaml, whose keys this file takes unless it sets them itself')
    .meta({ requirement: 'R0.11', examples: ['base'] }),
  cloud: z
    .enum(['aws', 'local'])
    .default('aws')
    .describe('aws, or local for the local cloud on this machine (nightshift local up)')
    .meta({ requirement: 'R13.2' }),
  profile: z
    .boolean()
    .default(false)
    .describe('true: a profile for ephemeral environments, whose suffix is the variable ENVIRONMENT_SUFFIX')
    .meta({ requirement: 'R0.11' }),
  region: region.default('us-east-1').describe('AWS region of all resources').meta({ requirement: 'R0.11' }),
  account: z
    .strictObject({
      id: z
        .string()
        .regex(/^\d{12}$/, 'is not an AWS account id - write its 12 digits in quotes')
        .describe('12 digits, in quotes')
        .meta({ examples: ['111122223333'] }),
    })
    .optional()
    .describe('the only account in which commands act; any account by default')
    .meta({ requirement: 'R0.11' }),
  tags: tags.describe('tags of every resource; the tag Environment is added').meta({ requirement: 'R0.9' }),
  bucketQualifier: z
    .string()
    .regex(
      /^[a-z0-9](?:[a-z0-9-]{0,22}[a-z0-9])?$/,
      'is not valid in a bucket name - use up to 24 lower-case letters, digits and -, without - at the start or end',
    )
    .optional()
    .describe(
      'part of bucket names that makes them unique in all of AWS, such as your organisation; the tag Project by default',
    )
    .meta({ requirement: 'R0.8', examples: ['example-org'] }),
  state: z
    .strictObject({
      bucket: z
        .string()
        .regex(
          /^(?!xn--|sthree-|amzn-s3-demo-)[a-z0-9][a-z0-9-]{1,61}[a-z0-9](?<!-s3alias|--ol-s3|--x-s3|--table-s3)$/,
          'is not a bucket name that AWS accepts - use 3 to 63 lower-case letters, digits and -',
        )
        .optional()
        .describe('name of an existing bucket, or of the bucket that nightshift bootstrap creates')
        .meta({ examples: ['example-org-terraform-state'] }),
    })
    .prefault({})
    .describe('location of the Terraform state; a separate bucket by default')
    .meta({ requirement: 'R0.1' }),
  network: network.prefault({}).describe('VPC, subnets, NAT gateways, endpoints').meta({ requirement: 'R1' }),
  registry: z
    .strictObject({
      keepImages: whole(1, 1000)
        .default(10)
        .describe('number of newest images that are kept')
        .meta({ requirement: 'R2.2' }),
      highestSeverity: z
        .enum(['NONE', 'INFORMATIONAL', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL'])
        .default('HIGH')
        .describe('highest severity of a vulnerability that an image may have')
        .meta({ requirement: 'R2.3' }),
    })
    .prefault({})
    .describe('images and their vulnerabilities')
    .meta({ requirement: 'R2' }),
  container: container.prefault({}).describe('the batch processor').meta({ requirement: 'R4.2' }),
  task: task.prefault({}).describe('size and permissions of a task').meta({ requirement: 'R4.1' }),
  service: service
    .prefault({})
    .describe('number of tasks at the first deployment, and their capacity')
    .meta({ requirement: 'R5' }),
  scaling: scaling.prefault({}).describe('auto-scaling by CPU utilization').meta({ requirement: 'R7' }),
  loadBalancer: loadBalancer.prefault({}).describe('load balancer in front of the tasks').meta({ requirement: 'R6' }),
  deployment: deployment.prefault({}).describe('traffic shift to a new version').meta({ requirement: 'R10' }),
  logs: z
    .strictObject({
      retentionDays: z
        .literal(
          RETENTION_DAYS,
          `is not a retention that CloudWatch Logs offers - use one of ${RETENTION_DAYS.join(', ')}`,
        )
        .default(30)
        .describe('retention of log events'),
    })
    .prefault({})
    .describe('all log groups')
    .meta({ requirement: 'R8.3' }),
  encryption: z
    .strictObject({
      deletionWindowDays: whole(7, 30).default(7).describe('time during which the deletion of a key can be cancelled'),
    })
    .prefault({})
    .describe('all keys')
    .meta({ requirement: 'R8.2' }),
  alarms: alarms.prefault({}).describe('alarms that notify people').meta({ requirement: 'R12' }),
  gates: gates.prefault({}).describe('alarms that stop and roll back a release').meta({ requirement: 'R10.4' }),
  processingWindows: processingWindows
    .default([])
    .describe('times when calculations run; changes that disturb them are blocked')
    .meta({ requirement: 'R14' }),
  waivers: waivers
    .default([])
    .describe('temporary exceptions from the rules of nightshift policy')
    .meta({ requirement: 'R15.3' }),
  delivery: z
    .strictObject({
      order: whole(1, 100)
        .describe('position of this environment in the order of the pipeline, lowest first')
        .meta({ examples: [1] }),
    })
    .optional()
    .describe('if set, the pipeline deploys this environment on every push to main; needs account.id')
    .meta({ requirement: 'R0.6' }),
});

export type EnvironmentFile = z.output<typeof sections>;
