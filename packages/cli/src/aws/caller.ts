import { GetCallerIdentityCommand, type STSClient } from '@aws-sdk/client-sts';
import { UserError } from '@nightshift/errors';
import type { Environment } from '@nightshift/config';

/** Who the credentials belong to. */
export interface Caller {
  /** 12 digits. */
  readonly account: string;
  /** Such as `arn:aws:sts::123456789012:assumed-role/deploy/session`. */
  readonly arn: string;
  /** `aws`, `aws-cn` or `aws-us-gov`: the second part of every ARN. */
  readonly partition: string;
}

export async function callerOf(sts: STSClient): Promise<Caller> {
  const { Account: account = '', Arn: arn = '' } = await sts.send(new GetCallerIdentityCommand({}));
  return { account, arn, partition: arn.split(':')[1] ?? '' };
}

/** @throws {UserError} when the environment names an account and the credentials belong to another. */
export function guardAccount({ name, account }: Pick<Environment, 'name' | 'account'>, caller: Caller): void {
  if (account === undefined || account.id === caller.account) return;
  throw new UserError({
    where: `environments/${name}.yaml: account.id`,
    what: `only account ${account.id} may be touched`,
    got: `credentials of account ${caller.account} (${caller.arn})`,
    todo: `sign in to account ${account.id} (AWS_PROFILE), then run the same command again`,
  });
}
