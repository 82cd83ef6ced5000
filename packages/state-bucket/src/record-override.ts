import { PutObjectCommand } from '@aws-sdk/client-s3';
import { type AwsClients, awsError, callerOf } from '@nightshift/aws-access';
import type { Environment } from '@nightshift/config';
import type { Occurrence } from '@nightshift/windows';

interface Override {
  readonly verb: string;
  readonly stack: { readonly name: string; readonly environment: Pick<Environment, 'suffix' | 'state'> };
  readonly occurrence: Occurrence;
  readonly reason: string;
  readonly now: Date;
}

/**
 * Records an override of a processing window in the state bucket, before the change: who, what, when and why (R14.2).
 * @returns the key of the object.
 */
export async function recordOverride(
  { s3, sts }: Pick<AwsClients, 's3' | 'sts'>,
  { verb, stack, occurrence, reason, now }: Override,
): Promise<string> {
  const { suffix, state } = stack.environment;
  const at = now.toISOString();
  const key = `${suffix}/during-window/${at}-${verb}-${stack.name}.json`;
  const { window, opens, closes } = occurrence;
  try {
    const { arn } = await callerOf(sts);
    const kept = { at, by: arn, verb, stack: stack.name, reason, window: window.name, opens, closes };
    await s3.send(
      new PutObjectCommand({
        Bucket: state.bucket,
        Key: key,
        Body: `${JSON.stringify(kept, undefined, 2)}\n`,
        ContentType: 'application/json',
      }),
    );
  } catch (error) {
    throw awsError(error, `s3://${state.bucket}/${key}`);
  }
  return key;
}
