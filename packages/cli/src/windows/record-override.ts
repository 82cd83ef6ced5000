import { PutObjectCommand } from '@aws-sdk/client-s3';
import type { Occurrence } from '@nightshift/windows';
import type { AwsClients } from '../aws/connect-environment';
import { awsError } from '../aws/aws-error';
import { callerOf } from '../aws/caller';
import type { ChosenStack } from '../stack/chosen-stack';

export interface Override {
  readonly verb: string;
  readonly stack: Pick<ChosenStack, 'name' | 'environment'>;
  readonly occurrence: Occurrence;
  readonly reason: string;
  readonly now: Date;
}

/**
 * Keeps who did what near a processing window, and why, in the state bucket: before it is done (R14.2).
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
