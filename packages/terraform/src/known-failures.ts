import { join } from 'node:path';
import { awsAccessFailures, type AwsAccessFailureKind, type EverydayCommands, type Problem } from '@nightshift/errors';
import { type SynthesizedStack, UNSAVED_STATE } from './synthesized-stack';
import type { DiagnosticEvent } from './terraform-event';

export interface FailureContext {
  readonly stack: SynthesizedStack;
  readonly commands: EverydayCommands;
  readonly diagnostic: DiagnosticEvent;
  /** The AWS profile of Terraform's credentials. @default - no profile */
  readonly profile?: string | undefined;
}

/** The cause, for callers that react to it. */
export type FailureKind =
  | 'state-lock-held'
  | 'state-bucket-missing'
  | 'upstream-missing'
  | AwsAccessFailureKind
  | 'wrong-account'
  | 'unreachable'
  | 'stale-plan'
  | 'needs-init'
  | 'not-locked'
  | 'state-not-saved'
  | 'lock-left'
  | 'stopped'
  | 'no-json'
  | 'provider-ended'
  | 'provider-unavailable'
  | 'already-exists'
  | 'not-found'
  | 'quota-exceeded'
  | 'unknown';

export interface KnownFailure {
  readonly kind: FailureKind;
  /** Matches summary and detail, joined by a line break. */
  readonly pattern: RegExp;
  /** `group` returns the text of a group of the pattern, empty without a match. */
  readonly explain: (group: (number: number) => string, context: FailureContext) => Explanation;
}

/** Without `what`, the message is that of AWS or Terraform. */
type Explanation = Partial<Pick<Problem, 'what'>> & Pick<Problem, 'todo'>;

const AGAIN = 'run the same command again';

const LOCAL_ADDRESS = /127\.0\.0\.1|localhost|\[::1\]/;

/** The first match is used, so causes precede their symptoms. */
export const knownFailures: readonly KnownFailure[] = [
  {
    kind: 'state-not-saved',
    pattern: /^Failed to save state\n/,
    explain: (_, { diagnostic }) => ({
      todo: LOCAL_ADDRESS.test(diagnostic.detail)
        ? 'if the local cloud has stopped, everything that was deployed to it is gone: run npm start to deploy again'
        : 'restore access to the state bucket, then save the state',
    }),
  },
  {
    kind: 'state-not-saved',
    pattern: /^Failed to persist state to backend\n/,
    explain: (_, { commands, stack }) => ({
      what: `the changes are recorded only in ${join(stack.directory, UNSAVED_STATE)}`,
      todo: `save it before the next deploy: ${commands.nightshift(`push-state ${stack.name}`)}`,
    }),
  },
  {
    kind: 'state-not-saved',
    pattern: /cannot import state with (?:serial (\d+) over newer state with serial (\d+)|lineage)/,
    explain: (group, { stack }) => ({
      what:
        group(1) === ''
          ? `${UNSAVED_STATE} and the stored state have different lineages`
          : `the stored state (serial ${group(2)}) is newer than ${UNSAVED_STATE} (serial ${group(1)})`,
      todo: `import or delete by hand the resources that only ${join(stack.directory, UNSAVED_STATE)} records, then delete that file`,
    }),
  },
  {
    kind: 'lock-left',
    pattern: /^Error releasing the state lock\n/,
    explain: () => ({
      what: 'the state lock could not be released',
      todo: `${AGAIN}; if the state is still locked, the message says how to unlock it`,
    }),
  },
  {
    kind: 'state-lock-held',
    pattern:
      /Lock Info:\s+ID:\s+(\S+)[^]*?Operation:\s+(?:OperationType)?(\w*)\s+Who:\s+(.+)[^]*?Created:\s+([\d-]+ [\d:]+)/,
    explain: (group, { commands, stack }) => ({
      what: `the state is locked by ${group(3)} since ${group(4)} UTC (${group(2).toLowerCase()}, lock ${group(1)})`,
      todo: `wait until that run ends; if it crashed, unlock the state: ${commands.nightshift(`unlock ${stack.name} ${group(1)}`)}`,
    }),
  },
  {
    kind: 'not-locked',
    pattern: /Failed to unlock state: (?:LocalState not locked|unable to retrieve file from S3 bucket [^]*NoSuchKey)/,
    explain: () => ({ what: 'the state is not locked', todo: 'continue, there is nothing to unlock' }),
  },
  {
    kind: 'state-bucket-missing',
    pattern: /S3 bucket "([^"]+)" does not exist|^Error acquiring the state lock\n[^]*NoSuchBucket/,
    explain: (group, { commands }) => ({
      what: `the state bucket ${group(1) === '' ? '' : `${group(1)} `}does not exist`,
      todo: `create it: ${commands.nightshift('bootstrap')}`,
    }),
  },
  {
    kind: 'upstream-missing',
    pattern: /^Unable to find remote state\n/,
    explain: (_, context) => {
      const { upstream, remoteState } = upstreamOf(String(context.diagnostic.address));
      const values = context.stack.valuesFrom(remoteState).join(', ');
      return {
        what: `needs ${values || 'the state'} of the ${upstream} stack, which is not deployed`,
        todo: `deploy it first: ${context.commands.nxRun(upstream, 'deploy')}`,
      };
    },
  },
  {
    kind: 'upstream-missing',
    pattern:
      /^Unsupported attribute\nThis object does not have an attribute named (.+)\.\ndata\.terraform_remote_state\.([\w-]+)\.outputs/,
    explain: (group, { commands }) => {
      const { upstream } = upstreamOf(group(2));
      return {
        what: `needs ${group(1).replaceAll('"', '')} of the ${upstream} stack, which does not publish it yet`,
        todo: `deploy it first: ${commands.nxRun(upstream, 'deploy')}`,
      };
    },
  },
  {
    kind: 'wrong-account',
    pattern: /AWS account ID not allowed: (\d+)/,
    explain: (group, { stack }) => {
      const right = stack.allowedAccounts.join(' or ');
      return {
        what: `the credentials belong to AWS account ${group(1)}, which is not this environment's account`,
        todo: `sign in to ${right === '' ? 'the account that the environment file names' : right} (AWS_PROFILE), then ${AGAIN}`,
      };
    },
  },
  ...awsAccessFailures.map(({ kind, pattern, explain }): KnownFailure => ({
    kind,
    pattern,
    explain: (group, { profile }) => explain(group, profile),
  })),
  {
    kind: 'provider-unavailable',
    pattern: /doesn't match any of the checksums/,
    explain: () => ({
      what: 'the checksum of the AWS provider does not match the pinned one',
      todo: 'use another source for the provider: npx nightshift doctor shows the current one',
    }),
  },
  {
    kind: 'provider-unavailable',
    pattern:
      /^Failed to (?:query available provider packages|install provider|resolve provider packages)\n(?:Could not retrieve the list of available versions for provider \S+: )?(.*?)(?:: failed to request|$)/m,
    explain: (group) => ({
      what: `cannot download the AWS provider: ${group(1)}`,
      todo: 'allow access to registry.terraform.io, or set TERRAFORM_PLUGIN_MIRROR to a directory that contains the provider',
    }),
  },
  {
    kind: 'unreachable',
    pattern:
      /request send failed, \w+ "(https?:\/\/[^/"]+)|dial tcp (\S+): (?:connect: connection refused|i\/o timeout)|lookup (\S+).*no such host/,
    explain: (group) => {
      const endpoint = group(1) || group(2) || group(3);
      return LOCAL_ADDRESS.test(endpoint)
        ? {
            what: `nothing answers at ${endpoint}, the local cloud`,
            todo: `start it and deploy: npm start, then ${AGAIN}`,
          }
        : { what: `${endpoint} cannot be reached`, todo: `check network, proxy and AWS_ENDPOINT_URL, then ${AGAIN}` };
    },
  },
  {
    kind: 'stale-plan',
    pattern: /^Saved plan is stale\n/,
    explain: (_, { commands, stack }) => ({
      what: 'the state has changed since this plan was made',
      todo: `plan again and review it: ${commands.nxRun(stack.name, 'plan')}`,
    }),
  },
  {
    kind: 'provider-ended',
    pattern: /^Plugin did not respond\n|the provider ended during this call/,
    explain: () => ({
      what: 'the provider ended during this operation; the state contains all finished operations',
      todo: AGAIN,
    }),
  },
  {
    kind: 'needs-init',
    pattern:
      /^(?:Required plugins are not installed|Backend initialization required|Inconsistent dependency lock file|Failed to load plugin schemas|Failed to instantiate provider)/,
    explain: () => ({ todo: `delete the .terraform directory of this stack, then ${AGAIN}` }),
  },
  {
    kind: 'quota-exceeded',
    pattern: /LimitExceeded|QuotaExceeded|TooManyBuckets/,
    explain: () => ({ todo: `request a higher quota in Service Quotas or delete unused resources, then ${AGAIN}` }),
  },
  {
    kind: 'already-exists',
    pattern: /AlreadyExists|already exists|AlreadyOwnedByYou|DuplicateLoadBalancerName|DuplicateTargetGroupName/,
    explain: () => ({
      todo: `a resource outside this stack's state has that name: delete or import it, or choose another suffix, then ${AGAIN}`,
    }),
  },
  {
    kind: 'not-found',
    pattern:
      /StatusCode: 404|NotFound|NoSuch[A-Z]|does not exist|couldn't find resource|No (?:scalable target|scaling policy) found/,
    explain: () => ({ todo: `correct the name, or create the missing resource, then ${AGAIN}` }),
  },
];

/** CDKTF names the data source after the stack it reads: `cross-stack-reference-input-<stack>`. */
function upstreamOf(address: string): { readonly upstream: string; readonly remoteState: string } {
  const remoteState = address.replace('data.terraform_remote_state.', '');
  return { remoteState, upstream: remoteState.replace('cross-stack-reference-input-', '') };
}
