import type { Environment } from '@nightshift/config';
import type { AwsClients } from '../aws/connect-environment';
import { checklistLine } from '../checklist/checklist-line';
import type { Effects } from '../effects';
import { ExitCode } from '../exit-code';
import { jsonResult } from '../json-result';
import { removeStateBucket } from '../state-bucket/remove-state-bucket';

interface RemoveProps {
  readonly aws: AwsClients;
  readonly environment: Environment;
  readonly effects: Pick<Effects, 'stdout'>;
  readonly json?: boolean;
}

/** Deletes the state bucket, its access logs and its key, and prints the outcome. */
export async function removeEnvironment({ aws, environment, effects, json = false }: RemoveProps): Promise<void> {
  const { write, colours } = effects.stdout;
  const { bucket, logs, key } = await removeStateBucket(aws, environment);
  if (json) {
    write(jsonResult({ verb: 'bootstrap', environment, exitCode: ExitCode.done, bucket, logs, key }));
    return;
  }
  const until = key.deletedOn === undefined ? '' : `, on ${key.deletedOn} for good`;
  write(checklistLine({ mark: 'OK', title: `bucket ${bucket.name}`, detail: bucket.outcome }, colours));
  write(checklistLine({ mark: 'OK', title: `bucket ${logs.name}`, detail: logs.outcome }, colours));
  write(checklistLine({ mark: 'OK', title: `KMS key ${key.alias}`, detail: key.outcome + until }, colours));
}
