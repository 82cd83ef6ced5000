import { z } from 'zod';
import { parseCidr } from '../cidr';

/** A whole number between two bounds, both included. */
export const whole = (minimum: number, maximum: number) => z.int().min(minimum).max(maximum);

/** CloudWatch accepts 10, 20, 30 and every multiple of 60 s: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
export const periodSeconds = z
  .int()
  .refine((value) => [10, 20, 30].includes(value) || (value > 0 && value <= 86_400 && value % 60 === 0), {
    message: 'is not a period that CloudWatch offers - use 10, 20, 30 or a multiple of 60 seconds',
  });

/** An IPv4 network in CIDR notation whose address is the first one of the network. */
export const cidr = z.string().refine((value) => parseCidr(value) !== undefined, {
  message: 'is not an IPv4 network in CIDR notation - write the first address of the network, such as 10.0.0.0/16',
});

export const percent = whole(1, 100);
export const port = whole(1, 65_535);
/** A sentence for people, in the characters that security groups and alarms accept. */
export const description = z
  .string()
  .min(1)
  .max(255)
  .regex(
    /^[a-zA-Z0-9 ._\-:/()#,@[\]+=&;{}!$*]+$/,
    'has characters that AWS does not accept in a description - use letters, digits and punctuation',
  );
