import type { FailureKind } from './known-failures';
import { commandsForMessages, stackForMessages } from './testing/failure-context';
import type { SynthesizedStack } from './synthesized-stack';
import { explainFailure } from './terraform-error';
import type { DiagnosticEvent } from './terraform-event';

interface Diagnostic extends Partial<DiagnosticEvent> {
  readonly stack?: Partial<SynthesizedStack>;
}

function failure({ stack: overrides, ...diagnostic }: Diagnostic) {
  const stack = stackForMessages(overrides);
  const event = { type: 'diagnostic', severity: 'error', summary: '', detail: '', ...diagnostic } as const;
  const { kind, problem } = explainFailure({ stack, commands: commandsForMessages(stack), diagnostic: event });
  return { kind, message: `${problem.where}: ${problem.what} - ${problem.todo}` };
}

const upstream = 'data.terraform_remote_state.cross-stack-reference-input-network';
const stsFailure =
  'validating provider credentials: retrieving caller identity from STS: operation error STS: GetCallerIdentity';
const again = 'run the same command again';

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
    'compute: the state is locked by ada@build 7 since 2026-11-24 05:40:43 UTC (apply, lock bd6f0f82-47d1-f6f1-44d8-8895101a75ae) - wait until that run has ended; only if it crashed: npx nightshift unlock compute bd6f0f82-47d1-f6f1-44d8-8895101a75ae -c dev',
  ],
  [
    'names the lock that there is when another one was to be removed',
    'state-lock-held',
    {
      summary: 'terraform force-unlock failed (exit code 1)',
      detail:
        "Failed to unlock state: lock ID '1' does not match the existing lock ID 'bd6f'\nLock Info:\n  ID:        bd6f\n  Path:      state-dev/dev/network.tfstate\n  Operation: OperationTypePlan\n  Who:       ada@build-7\n  Version:   1.11.4\n  Created:   2026-11-24 05:40:43.69 +0000 UTC\n  Info:      \n",
    },
    'compute: the state is locked by ada@build-7 since 2026-11-24 05:40:43 UTC (plan, lock bd6f) - wait until that run has ended; only if it crashed: npx nightshift unlock compute bd6f -c dev',
  ],
  [
    'tells that nothing is locked (S3 state)',
    'not-locked',
    {
      summary: 'terraform force-unlock failed (exit code 1)',
      detail:
        "Failed to unlock state: unable to retrieve file from S3 bucket 'state-dev' with key 'dev/network.tfstate.tflock': operation error S3: GetObject, https response error StatusCode: 404, RequestID: 2, HostID: 9, NoSuchKey: ",
    },
    'compute: the state is not locked - go on, nothing has to be unlocked',
  ],
  [
    'tells that nothing is locked (local state)',
    'not-locked',
    { detail: 'Failed to unlock state: LocalState not locked' },
    'compute: the state is not locked - go on, nothing has to be unlocked',
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
    'names both accounts when the credentials belong to another one',
    'wrong-account',
    {
      summary: 'AWS account ID not allowed: 123456789012',
      address: 'provider["registry.terraform.io/hashicorp/aws"]',
      stack: { allowedAccounts: ['111122223333'] },
    },
    `compute: the credentials belong to AWS account 123456789012, which is not this environment's account - sign in to 111122223333 (AWS_PROFILE), then ${again}`,
  ],
  [
    'points to the environment file when the stack names no account',
    'wrong-account',
    { summary: 'AWS account ID not allowed: 123456789012' },
    `compute: the credentials belong to AWS account 123456789012, which is not this environment's account - sign in to the account that the environment file names (AWS_PROFILE), then ${again}`,
  ],
  [
    'says to sign in again when the credentials have expired',
    'credentials-expired',
    {
      summary: `Retrieving AWS account details: ${stsFailure}, https response error StatusCode: 403, RequestID: 1, api error ExpiredToken: The security token included in the request is expired`,
      address: 'provider["registry.terraform.io/hashicorp/aws"]',
    },
    `compute: the AWS credentials have expired - sign in again (aws sso login, or new keys), then ${again}`,
  ],
  [
    'says how to give credentials when there are none',
    'credentials-missing',
    {
      summary: 'No valid credential sources found',
      detail:
        'Please see https://developer.hashicorp.com/terraform/language/backend/s3\nfor more information about providing credentials.\n\nError: failed to refresh cached credentials, no EC2 IMDS role found, operation error ec2imds: GetMetadata',
    },
    'compute: no AWS credentials were found - set AWS_PROFILE (aws sso login) or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; for the local cloud put this before the command: npx nightshift local exec --',
  ],
  [
    'says how to check credentials that AWS refuses',
    'credentials-refused',
    {
      summary: `${stsFailure}, https response error StatusCode: 403, RequestID: 1, api error InvalidClientTokenId: The security token included in the request is invalid.`,
    },
    `compute: AWS does not accept the credentials - check which ones are in use (aws sts get-caller-identity), sign in, then ${again}`,
  ],
  [
    'says where a provider comes from that is not the pinned one',
    'provider-unavailable',
    {
      summary: 'Failed to install provider',
      detail:
        "Error while installing hashicorp/aws v5.100.0: the local package for registry.terraform.io/hashicorp/aws 5.100.0 doesn't match any of the checksums previously recorded in the dependency lock file",
    },
    'compute: the AWS provider that was found is not the one whose checksum is pinned - take it from another place: npx nightshift doctor tells where it comes from',
  ],
  [
    'says how to get the provider when the registry cannot be reached',
    'provider-unavailable',
    {
      summary: 'Failed to query available provider packages',
      detail:
        'Could not retrieve the list of available versions for provider hashicorp/aws: could not connect to registry.terraform.io: failed to request discovery document: Get "https://registry.terraform.io/.well-known/terraform.json": dial tcp: lookup registry.terraform.io on 192.0.2.53:53: no such host\n\nTo see which modules are currently depending on hashicorp/aws and what versions are specified, run the following command:\n    terraform providers',
    },
    'compute: the AWS provider cannot be had: could not connect to registry.terraform.io - let this machine reach registry.terraform.io, or name a directory that holds the provider in TERRAFORM_PLUGIN_MIRROR',
  ],
  [
    'says how to get the provider when a mirror does not have it',
    'provider-unavailable',
    {
      summary: 'Failed to query available provider packages',
      detail:
        'Could not retrieve the list of available versions for provider hashicorp/aws: provider registry.terraform.io/hashicorp/aws was not found in any of the search locations\n\n  - /srv/mirror',
    },
    'compute: the AWS provider cannot be had: provider registry.terraform.io/hashicorp/aws was not found in any of the search locations - let this machine reach registry.terraform.io, or name a directory that holds the provider in TERRAFORM_PLUGIN_MIRROR',
  ],
  [
    'says how to start the local cloud when it does not answer',
    'unreachable',
    {
      summary: `${stsFailure}, exceeded maximum number of attempts, 5, https response error StatusCode: 0, RequestID: , request send failed, Post "http://127.0.0.1:5199/": dial tcp 127.0.0.1:5199: connect: connection refused`,
    },
    `compute: nothing answers at http://127.0.0.1:5199, the local cloud - start it: npx nightshift local up, then ${again}`,
  ],
  [
    'says what to check when AWS cannot be reached',
    'unreachable',
    {
      summary: `${stsFailure}, https response error StatusCode: 0, RequestID: , request send failed, Post "https://sts.us-east-1.amazonaws.com/": dial tcp: lookup sts.us-east-1.amazonaws.com on 192.0.2.53:53: no such host`,
    },
    `compute: https://sts.us-east-1.amazonaws.com cannot be reached - check network, proxy and AWS_ENDPOINT_URL, then ${again}`,
  ],
  [
    'recognizes a refused connection without a URL',
    'unreachable',
    { summary: 'dial tcp 192.0.2.1:443: i/o timeout' },
    `compute: 192.0.2.1:443 cannot be reached - check network, proxy and AWS_ENDPOINT_URL, then ${again}`,
  ],
  [
    'recognizes a host without an address',
    'unreachable',
    { summary: 'dial tcp: lookup kms.us-east-1.amazonaws.com on 192.0.2.53:53: no such host' },
    `compute: kms.us-east-1.amazonaws.com cannot be reached - check network, proxy and AWS_ENDPOINT_URL, then ${again}`,
  ],
  [
    'says to plan again when the state has moved on',
    'stale-plan',
    {
      summary: 'Saved plan is stale',
      detail:
        'The given plan file can no longer be applied because the state was changed by another operation after the plan was created.',
    },
    'compute: the state has changed since this plan was made - plan again and review it: npx nx run compute:plan -c dev',
  ],
  [
    'says how to start afresh when init cannot help',
    'needs-init',
    { summary: 'Required plugins are not installed', detail: 'The installed provider plugins are not consistent.' },
    `compute: Required plugins are not installed: The installed provider plugins are not consistent - remove the directory .terraform of this stack, then ${again}`,
  ],
  [
    'names the action that is not allowed',
    'access-denied',
    {
      summary:
        'creating ECS Cluster (x): operation error ECS: CreateCluster, https response error StatusCode: 400, RequestID: 1, AccessDeniedException: User: arn:aws:iam::123456789012:user/ada is not authorized to perform: ecs:CreateCluster on resource: *',
      address: 'aws_ecs_cluster.Cluster_1A',
    },
    `compute: aws_ecs_cluster.Cluster_1A (compute/Cluster/Resource): creating ECS Cluster (x): operation error ECS: CreateCluster, https response error StatusCode: 400, RequestID: 1, AccessDeniedException: User: arn:aws:iam::123456789012:user/ada is not authorized to perform: ecs:CreateCluster on resource: * - have ecs:CreateCluster allowed to the role that you run as, then ${again}`,
  ],
  [
    'speaks of "this action" where AWS names none',
    'access-denied',
    { summary: 'reading S3 object: AccessDenied: Access Denied.', address: 'data.aws_s3_object.A' },
    `compute: data.aws_s3_object.A: reading S3 object: AccessDenied: Access Denied - have this action allowed to the role that you run as, then ${again}`,
  ],
  [
    'says how to get over a quota',
    'quota-exceeded',
    { summary: 'creating EC2 EIP: AddressLimitExceeded: The maximum number of addresses has been reached.' },
    `compute: creating EC2 EIP: AddressLimitExceeded: The maximum number of addresses has been reached - raise the quota in Service Quotas or remove what is not needed, then ${again}`,
  ],
  [
    'says what to do about a name that is taken',
    'already-exists',
    {
      summary:
        'creating CloudWatch Logs Log Group (x): operation error CloudWatch Logs: CreateLogGroup, https response error StatusCode: 400, RequestID: b, ResourceAlreadyExistsException: The specified log group already exists',
      address: 'aws_cloudwatch_log_group.LogGroup_1A',
    },
    `compute: aws_cloudwatch_log_group.LogGroup_1A: creating CloudWatch Logs Log Group (x): operation error CloudWatch Logs: CreateLogGroup, https response error StatusCode: 400, RequestID: b, ResourceAlreadyExistsException: The specified log group already exists - something outside this stack's state has that name: remove or import it, or choose another suffix, then ${again}`,
  ],
  [
    'passes on what it does not know, in one line',
    'unknown',
    {
      summary: 'local-exec provisioner error',
      detail: "Error running command 'x': exit status 3.\nOutput:\n\n hello\n",
      address: 'terraform_data.A',
    },
    "compute: terraform_data.A: local-exec provisioner error: Error running command 'x': exit status 3. Output: hello - correct the cause and run the same command again; what is done stays done",
  ],
];

describe('knownFailures', () => {
  it.each(cases)('%s', (_title, kind, diagnostic, message) => {
    expect(failure(diagnostic)).toEqual({ kind, message });
  });

  it.each([
    'RequestExpired: Request has expired.',
    'failed to refresh cached SSO token',
    'the SSO session has expired or is invalid',
  ])('takes "%s" for expired credentials', (summary) => {
    expect(failure({ summary }).kind).toBe('credentials-expired');
  });
});
