import { z } from 'zod';
import { parseCidr } from '../cidr';

/*
 * A message of the schema is two phrases, `problem - fix`. The key before it and the value after it are added where the
 * file is known.
 */

/** A whole number between two bounds, both included. */
export function whole(minimum: number, maximum: number) {
  const message = `is not a whole number from ${minimum} to ${maximum} - use one in this range`;
  return z.int(message).min(minimum, message).max(maximum, message);
}

/**
 * The supported periods for metrics with one-minute resolution:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
 */
export function periodSeconds() {
  const message = 'is not a multiple of 60 seconds up to a day - use 60, 120, 300 and the like';
  return z.int(message).min(60, message).max(86_400, message).multipleOf(60, message);
}

const notANetwork =
  'is not an IPv4 network in CIDR notation - write its first address and its prefix, such as 10.0.0.0/16';

/** An IPv4 network in CIDR notation whose address is the first one of the network. */
export const cidr = z
  .string()
  .regex(/^\d{1,3}(?:\.\d{1,3}){3}\/\d{1,2}$/, notANetwork)
  .refine((value) => parseCidr(value) !== undefined, notANetwork);

export const percent = whole(1, 100);
export const port = whole(1, 65_535);

/** The path of a health check, without shell characters, since the container's default command contains it. */
export const path = z
  .string()
  .regex(
    /^\/[\w./~%:@,+=-]{0,1023}$/,
    'is not a path - start with / and use letters, digits and . _ ~ % : @ , + = - /',
  );

/**
 * A description in the characters that security groups accept, without `$`, which starts an expression in Terraform.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SecurityGroupRuleUpdate.html
 */
export const description = z
  .string()
  .regex(
    /^(?! )[a-zA-Z0-9 ._\-:/()#,@[\]+=&;!*]{1,255}(?<! )$/,
    'is not a description that AWS accepts - use up to 255 letters, digits, spaces and . _ - : / ( ) # , @ [ ] + = & ; ! *',
  );
