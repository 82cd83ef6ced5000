import type { FailureKind } from './known-failures';
import { explained, type Diagnostic } from './testing/explained';

const upstream = 'data.terraform_remote_state.cross-stack-reference-input-network';

/** Diagnostics as Terraform 1.11.4 and the AWS provider 5.100.0 write them. */
const cases: readonly (readonly [title: string, FailureKind, Diagnostic, message: string])[] = [
  [
    'names who holds the state lock since when, and how to free it',
    'state-lock-held',
    {
      summary: 'Error acquiring the state lock',
      detail:
        'Error message: operation error S3: PutObject, https response error StatusCode: 412, RequestID: I, HostID: 9, api error PreconditionFailed: At least one of the pre-conditions you specified did not hold\nLock Info:\n  ID:        bd6f0f82-47d1-f6f1-44d8-8895101a75ae\n  Path:      state-dev/dev/network.tfstate\n  Operation: OperationTypeApply\n  Who:       ada@build 7\n  Version:   1.11.4\n  Created:   2026-11-24 05:40:43.692458668 +0000 UTC\n  Info:      \n\n\nTerraform acquires a state lock to protect the state from being written',
    },
    'compute: the state is locked by ada@build 7 since 2026-11-24 05:40:43 UTC (apply, lock bd6f0f82-47d1-f6f1-44d8-8895101a75ae) - wait until that run ends; if it crashed, unlock the state: npx nightshift unlock compute bd6f0f82-47d1-f6f1-44d8-8895101a75ae -c dev',
  ],
  [
    'names the lock that there is when another one was to be removed',
    'state-lock-held',
    {
      summary: 'terraform force-unlock failed (exit code 1)',
      detail:
        "Failed to unlock state: lock ID '1' does not match the existing lock ID 'bd6f'\nLock Info:\n  ID:        bd6f\n  Path:      state-dev/dev/network.tfstate\n  Operation: OperationTypePlan\n  Who:       ada@build-7\n  Version:   1.11.4\n  Created:   2026-11-24 05:40:43.69 +0000 UTC\n  Info:      \n",
    },
    'compute: the state is locked by ada@build-7 since 2026-11-24 05:40:43 UTC (plan, lock bd6f) - wait until that run ends; if it crashed, unlock the state: npx nightshift unlock compute bd6f -c dev',
  ],
  [
    'reports that nothing is locked (S3 state)',
    'not-locked',
    {
      summary: 'terraform force-unlock failed (exit code 1)',
      detail:
        "Failed to unlock state: unable to retrieve file from S3 bucket 'state-dev' with key 'dev/network.tfstate.tflock': operation error S3: GetObject, https response error StatusCode: 404, RequestID: 2, HostID: 9, NoSuchKey: ",
    },
    'compute: the state is not locked - continue, there is nothing to unlock',
  ],
  [
    'reports that nothing is locked (local state)',
    'not-locked',
    { detail: 'Failed to unlock state: LocalState not locked' },
    'compute: the state is not locked - continue, there is nothing to unlock',
  ],
  [
    'names the state bucket that is missing and how to create it',
    'state-bucket-missing',
    {
      summary:
        'Failed to get existing workspaces: S3 bucket "state-dev" does not exist.\n\nThe referenced S3 bucket must have been previously created.',
    },
    'compute: the state bucket state-dev does not exist - create it: npx nightshift bootstrap -c dev',
  ],
  [
    'recognizes the missing state bucket by the lock that cannot be taken',
    'state-bucket-missing',
    {
      summary: 'Error acquiring the state lock',
      detail: 'Error message: operation error S3: PutObject, https response error StatusCode: 404, NoSuchBucket: ',
    },
    'compute: the state bucket does not exist - create it: npx nightshift bootstrap -c dev',
  ],
  [
    'names the values that a stack which was never deployed owes (R0.5)',
    'upstream-missing',
    {
      summary: 'Unable to find remote state',
      detail: 'No stored state was found for the given workspace in the given backend.',
      address: upstream,
    },
    'compute: needs private_subnet_ids_0, vpc_id of the network stack, which is not deployed - deploy it first: npx nx run network:deploy -c dev',
  ],
  [
    'needs no value of a stack by name to say that it is not deployed (R0.5)',
    'upstream-missing',
    { summary: 'Unable to find remote state', stack: { valuesFrom: () => [] }, address: upstream },
    'compute: needs the state of the network stack, which is not deployed - deploy it first: npx nx run network:deploy -c dev',
  ],
  [
    'names the values that a deployed stack does not publish (R0.5)',
    'upstream-missing',
    {
      summary: 'Unsupported attribute',
      detail: 'This object does not have an attribute named "subnet_0", "vpc_id".',
      references: [`${upstream}.outputs`],
    },
    'compute: needs subnet_0, vpc_id of the network stack, which does not publish it yet - deploy it first: npx nx run network:deploy -c dev',
  ],
  [
    'says how to continue when the state could not be saved',
    'state-not-saved',
    { summary: 'Failed to save state', detail: 'Error saving state: AccessDenied' },
    'compute: Failed to save state: Error saving state: AccessDenied - restore access to the state bucket, then save the state',
  ],
  [
    'does not replace a stored state that is newer than the one that could not be saved',
    'state-not-saved',
    {
      summary: 'terraform state failed (exit code 1)',
      detail: 'Failed to write state: cannot import state with serial 1 over newer state with serial 3',
    },
    'compute: the stored state (serial 3) is newer than errored.tfstate (serial 1) - import or delete by hand the resources that only /out/dev/stacks/compute/errored.tfstate records, then delete that file',
  ],
  [
    'does not replace a stored state by another one',
    'state-not-saved',
    { detail: 'Failed to write state: cannot import state with lineage "a" over unrelated state with lineage "b"' },
    'compute: errored.tfstate and the stored state have different lineages - import or delete by hand the resources that only /out/dev/stacks/compute/errored.tfstate records, then delete that file',
  ],
];

describe('failures of state and of upstream stacks', () => {
  it.each(cases)('%s', (_title, kind, diagnostic, message) => {
    expect(explained(diagnostic)).toEqual({ kind, message });
  });
});
