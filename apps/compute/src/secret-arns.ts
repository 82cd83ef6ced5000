import type { Environment } from '@nightshift/config';
import type { Place } from '@nightshift/stack';

/**
 * ARN of the SSM parameter by the name of its environment variable. The path's leading slash separates it from the
 * type: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssystemsmanager.html#awssystemsmanager-resources-for-iam-policies
 */
export function secretArns(
  secrets: Environment['container']['secrets'],
  { partition, region, account }: Place,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(secrets).map(([variable, path]) => [
      variable,
      `arn:${partition}:ssm:${region}:${account}:parameter${path}`,
    ]),
  );
}
