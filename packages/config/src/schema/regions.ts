import { z } from 'zod';
import { nearest } from '../nearest';

/**
 * https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html, without ap-east-2 and ap-southeast-6: Terraform
 * 1.11.4 or the AWS provider 5.100.0 refuses them as an invalid region, because each has a list of its own.
 */
const REGIONS: readonly string[] = [
  'af-south-1',
  'ap-east-1',
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-south-1',
  'ap-south-2',
  'ap-southeast-1',
  'ap-southeast-2',
  'ap-southeast-3',
  'ap-southeast-4',
  'ap-southeast-5',
  'ap-southeast-7',
  'ca-central-1',
  'ca-west-1',
  'eu-central-1',
  'eu-central-2',
  'eu-north-1',
  'eu-south-1',
  'eu-south-2',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'il-central-1',
  'me-central-1',
  'me-south-1',
  'mx-central-1',
  'sa-east-1',
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
  // https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/whatis.html
  'us-gov-east-1',
  'us-gov-west-1',
  // https://docs.amazonaws.cn/en_us/aws/latest/userguide/endpoints-arns.html
  'cn-north-1',
  'cn-northwest-1',
];

/** Otherwise, a misspelt region would fail only at the first request, with an unknown host. */
export const region = z
  .string()
  .refine((name) => REGIONS.includes(name), {
    error: ({ input }) => {
      const meant = nearest(String(input), REGIONS);
      const todo = meant ? `did you mean ${meant}?` : 'write one such as us-east-1.';
      return `is not a known AWS region - ${todo} Add a new region to packages/config/src/schema/regions.ts`;
    },
  })
  // For completion in editors.
  .meta({ enum: REGIONS });
