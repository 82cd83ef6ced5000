import type { Environment } from '@nightshift/config';
import { AwsError, awsError } from '../aws/aws-error';
import { callerOf, type Caller } from '../aws/caller';
import type { DoctorContext } from './doctor-context';

export interface EnvironmentCaller {
  readonly caller: Caller;
  /** Why AWS does not answer in the environment's region, although it does elsewhere. @default - it does */
  readonly regionFailure?: AwsError;
}

/** Every account can use this region: https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html */
const ALWAYS_ENABLED = 'us-east-1';

/**
 * Who the credentials belong to. In a region that does not exist, or that the account has not enabled, AWS does not answer
 * or refuses good credentials; to tell that from bad ones, another region is asked.
 * @throws {AwsError} when the credentials are not good.
 */
export async function environmentCaller(
  environment: Environment,
  connect: DoctorContext['connect'],
): Promise<EnvironmentCaller> {
  const answer = await ask(environment, connect);
  if (!(answer instanceof AwsError)) return { caller: answer };
  const suspicious = answer.failure === 'unreachable' || answer.failure === 'credentials-refused';
  if (!suspicious || environment.region === ALWAYS_ENABLED) throw answer;
  const elsewhere = await ask({ ...environment, region: ALWAYS_ENABLED }, connect);
  if (elsewhere instanceof AwsError) throw answer;
  return { caller: elsewhere, regionFailure: answer };
}

async function ask(environment: Environment, connect: DoctorContext['connect']): Promise<Caller | AwsError> {
  const { sts } = await connect(environment);
  try {
    return await callerOf(sts);
  } catch (error) {
    const explained = awsError(error, `AWS in ${environment.region}`);
    if (explained instanceof AwsError) return explained;
    throw explained;
  }
}
