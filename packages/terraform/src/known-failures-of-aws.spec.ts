import type { FailureKind } from './known-failures';
import { explained, type Diagnostic } from './testing/explained';

const stsFailure =
  'validating provider credentials: retrieving caller identity from STS: operation error STS: GetCallerIdentity';
const again = 'run the same command again';

/** Diagnostics as Terraform 1.11.4 and the AWS provider 5.100.0 write them. */
const cases: readonly (readonly [title: string, FailureKind, Diagnostic, message: string])[] = [
  [
    'names both accounts when the credentials belong to another one',
    'wrong-account',
    {
      summary: 'AWS account ID not allowed: 000000000000',
      address: 'provider["registry.terraform.io/hashicorp/aws"]',
      stack: { allowedAccounts: ['123456789012'] },
    },
    `compute: the credentials belong to AWS account 000000000000, which is not this environment's account - sign in to 123456789012 (AWS_PROFILE), then ${again}`,
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
    'compute: no AWS credentials were found - set AWS_PROFILE (aws sso login) or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, then run the same command again',
  ],
  [
    'says how to begin an SSO session',
    'credentials-expired',
    {
      profile: 'risk',
      summary: 'No valid credential sources found',
      detail:
        'Please see https://developer.hashicorp.com/terraform/language/backend/s3\nfor more information about providing credentials.\n\nError: failed to refresh cached credentials, failed to read cached SSO token\nfile, open\n/home/ada/.aws/sso/cache/ee0bfd25.json:\nno such file or directory',
    },
    `compute: the AWS profile risk has no valid SSO session: it has expired, or never began - sign in (aws sso login --profile risk), then ${again}`,
  ],
  [
    'names a profile that does not exist',
    'credentials-missing',
    { summary: 'failed to get shared config profile, rsik' },
    'compute: the AWS profile rsik does not exist - see which there are (aws configure list-profiles), or create it: aws configure sso --profile rsik',
  ],
  [
    'says how wrong the clock is',
    'clock-skew',
    {
      summary: `${stsFailure}, https response error StatusCode: 403, RequestID: 1, api error SignatureDoesNotMatch: Signature expired: 20260131T100000Z is now earlier than 20260131T114500Z (20260131T120000Z - 15 min.)`,
    },
    `compute: the clock of this machine is 120 minutes off (behind AWS) - set it (timedatectl set-ntp true), then ${again}`,
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
    'compute: the checksum of the AWS provider does not match the pinned one - use another source for the provider: npx nightshift doctor shows the current one',
  ],
  [
    'says how to get the provider when the registry cannot be reached',
    'provider-unavailable',
    {
      summary: 'Failed to query available provider packages',
      detail:
        'Could not retrieve the list of available versions for provider hashicorp/aws: could not connect to registry.terraform.io: failed to request discovery document: Get "https://registry.terraform.io/.well-known/terraform.json": dial tcp: lookup registry.terraform.io on 192.0.2.53:53: no such host\n\nTo see which modules are currently depending on hashicorp/aws and what versions are specified, run the following command:\n    terraform providers',
    },
    'compute: cannot download the AWS provider: could not connect to registry.terraform.io - allow access to registry.terraform.io, or set TERRAFORM_PLUGIN_MIRROR to a directory that contains the provider',
  ],
  [
    'says how to get the provider when a mirror does not have it',
    'provider-unavailable',
    {
      summary: 'Failed to query available provider packages',
      detail:
        'Could not retrieve the list of available versions for provider hashicorp/aws: provider registry.terraform.io/hashicorp/aws was not found in any of the search locations\n\n  - /srv/mirror',
    },
    'compute: cannot download the AWS provider: provider registry.terraform.io/hashicorp/aws was not found in any of the search locations - allow access to registry.terraform.io, or set TERRAFORM_PLUGIN_MIRROR to a directory that contains the provider',
  ],
  [
    'says how to start the local cloud when it does not answer',
    'unreachable',
    {
      summary: `${stsFailure}, exceeded maximum number of attempts, 5, https response error StatusCode: 0, RequestID: , request send failed, Post "http://127.0.0.1:5199/": dial tcp 127.0.0.1:5199: connect: connection refused`,
    },
    `compute: nothing answers at http://127.0.0.1:5199, the local cloud - start it and deploy: npm start, then ${again}`,
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
    `compute: Required plugins are not installed: The installed provider plugins are not consistent - delete the .terraform directory of this stack, then ${again}`,
  ],
  [
    'names the action that is not allowed',
    'access-denied',
    {
      summary:
        'creating ECS Cluster (x): operation error ECS: CreateCluster, https response error StatusCode: 400, RequestID: 1, AccessDeniedException: User: arn:aws:iam::123456789012:user/ada is not authorized to perform: ecs:CreateCluster on resource: *',
      address: 'aws_ecs_cluster.Cluster_1A',
    },
    `compute: aws_ecs_cluster.Cluster_1A (compute/Cluster/Resource): creating ECS Cluster (x): operation error ECS: CreateCluster, https response error StatusCode: 400, RequestID: 1, AccessDeniedException: User: arn:aws:iam::123456789012:user/ada is not authorized to perform: ecs:CreateCluster on resource: * - allow ecs:CreateCluster for arn:aws:iam::123456789012:user/ada, then ${again}`,
  ],
  [
    'speaks of "this action" where AWS names none',
    'access-denied',
    { summary: 'reading S3 object: AccessDenied: Access Denied.', address: 'data.aws_s3_object.A' },
    `compute: data.aws_s3_object.A: reading S3 object: AccessDenied: Access Denied - allow this action for the role that you use, then ${again}`,
  ],
  [
    'says how to get over a quota',
    'quota-exceeded',
    { summary: 'creating EC2 EIP: AddressLimitExceeded: The maximum number of addresses has been reached.' },
    `compute: creating EC2 EIP: AddressLimitExceeded: The maximum number of addresses has been reached - request a higher quota in Service Quotas or delete unused resources, then ${again}`,
  ],
  [
    'says what to do about a name that is taken',
    'already-exists',
    {
      summary:
        'creating CloudWatch Logs Log Group (x): operation error CloudWatch Logs: CreateLogGroup, https response error StatusCode: 400, RequestID: b, ResourceAlreadyExistsException: The specified log group already exists',
      address: 'aws_cloudwatch_log_group.LogGroup_1A',
    },
    `compute: aws_cloudwatch_log_group.LogGroup_1A: creating CloudWatch Logs Log Group (x): operation error CloudWatch Logs: CreateLogGroup, https response error StatusCode: 400, RequestID: b, ResourceAlreadyExistsException: The specified log group already exists - a resource outside this stack's state has that name: delete or import it, or choose another suffix, then ${again}`,
  ],
  [
    'says what to do about something that is not there',
    'not-found',
    {
      summary:
        'putting CloudWatch Logs Subscription Filter (x): operation error CloudWatch Logs: PutSubscriptionFilter, https response error StatusCode: 400, RequestID: b, ResourceNotFoundException: The specified log group does not exist.',
      address: 'aws_cloudwatch_log_subscription_filter.Filter_1A',
    },
    `compute: aws_cloudwatch_log_subscription_filter.Filter_1A: putting CloudWatch Logs Subscription Filter (x): operation error CloudWatch Logs: PutSubscriptionFilter, https response error StatusCode: 400, RequestID: b, ResourceNotFoundException: The specified log group does not exist - correct the name, or create the missing resource, then ${again}`,
  ],
  [
    'knows a scalable target that is gone already',
    'not-found',
    {
      summary:
        'deleting Application AutoScaling Target (x): operation error Application Auto Scaling: DeregisterScalableTarget, https response error StatusCode: 400, RequestID: b, ValidationException: No scalable target found for service namespace: ecs.',
      address: 'aws_appautoscaling_target.Target_1A',
    },
    `compute: aws_appautoscaling_target.Target_1A: deleting Application AutoScaling Target (x): operation error Application Auto Scaling: DeregisterScalableTarget, https response error StatusCode: 400, RequestID: b, ValidationException: No scalable target found for service namespace: ecs - correct the name, or create the missing resource, then ${again}`,
  ],
  [
    'knows a scaling policy that is gone already',
    'not-found',
    {
      summary:
        'deleting Application Auto Scaling Scaling Policy (x): operation error Application Auto Scaling: DeleteScalingPolicy, https response error StatusCode: 400, RequestID: b, ValidationException: No scaling policy found for service namespace: ecs',
      address: 'aws_appautoscaling_policy.ScaleOut_1A',
    },
    `compute: aws_appautoscaling_policy.ScaleOut_1A: deleting Application Auto Scaling Scaling Policy (x): operation error Application Auto Scaling: DeleteScalingPolicy, https response error StatusCode: 400, RequestID: b, ValidationException: No scaling policy found for service namespace: ecs - correct the name, or create the missing resource, then ${again}`,
  ],
  [
    'passes on what it does not know, in one line',
    'unknown',
    {
      summary: 'local-exec provisioner error',
      detail: "Error running command 'x': exit status 3.\nOutput:\n\n hello\n",
      address: 'terraform_data.A',
    },
    "compute: terraform_data.A: local-exec provisioner error: Error running command 'x': exit status 3. Output: hello - fix the cause and run the same command again; finished changes are kept",
  ],
];

describe('failures of credentials, providers and AWS', () => {
  it.each(cases)('%s', (_title, kind, diagnostic, message) => {
    expect(explained(diagnostic)).toEqual({ kind, message });
  });

  it.each([
    'RequestExpired: Request has expired.',
    'failed to refresh cached SSO token',
    'the SSO session has expired or is invalid',
  ])('recognizes "%s" as expired credentials', (summary) => {
    expect(explained({ summary }).kind).toBe('credentials-expired');
  });
});
