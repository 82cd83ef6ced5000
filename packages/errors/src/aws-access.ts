/** The kind of access failure. */
export type AwsAccessFailureKind =
  'clock-skew' | 'credentials-missing' | 'credentials-expired' | 'credentials-refused' | 'access-denied';

/** A failure of credentials or permissions, by the message of AWS or of its SDKs for JavaScript and Go (Terraform). */
export interface AwsAccessFailure {
  readonly kind: AwsAccessFailureKind;
  readonly pattern: RegExp;
  /**
   * @param group returns the text of a group of the pattern, empty without a match.
   * @param profile of the credentials, if they have one.
   * @returns `what` only if the message itself is unclear.
   */
  readonly explain: (
    group: (number: number) => string,
    profile: string | undefined,
  ) => { readonly what?: string; readonly todo: string };
}

const AGAIN = 'run the same command again';

/** The first match is used. Messages may be wrapped. */
export const awsAccessFailures: readonly AwsAccessFailure[] = [
  {
    kind: 'credentials-missing',
    pattern:
      /failed\s+to\s+get\s+shared\s+config\s+profile,\s+(\S+)|Profile '?([^\s']+)'? (?:was not|could not be) found/,
    explain: (group) => {
      const profile = group(1) || group(2);
      return {
        what: `the AWS profile ${profile} does not exist`,
        todo: `see which there are (aws configure list-profiles), or create it: aws configure sso --profile ${profile}`,
      };
    },
  },
  {
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html
    kind: 'clock-skew',
    pattern:
      /Signature\s+(?:expired|not\s+yet\s+current):\s+(\w+)\s+is\s+(?:now\s+earlier|still\s+later)\s+than\s+\w+\s+\((\w+)|RequestTimeTooSkewed|RequestInTheFuture/,
    explain: (group) => clockSkew((timeOf(group(1)) - timeOf(group(2))) / MINUTE),
  },
  {
    kind: 'credentials-expired',
    pattern: /SSO\s+(?:session|token)|InvalidGrantException/,
    explain: (_, profile) => ({
      what: `${profile === undefined ? 'the AWS profile' : `the AWS profile ${profile}`} has no valid SSO session: it has expired, or never began`,
      todo: `sign in (aws sso login${profile === undefined ? '' : ` --profile ${profile}`}), then ${AGAIN}`,
    }),
  },
  {
    kind: 'credentials-expired',
    pattern: /ExpiredToken|RequestExpired|(?:token|session)[^.]*\s(?:is|has)\s+expired/i,
    explain: (_, profile) => ({
      what: 'the AWS credentials have expired',
      todo: `sign in again (${profile === undefined ? 'aws sso login, or new keys' : `aws sso login --profile ${profile}, or new keys`}), then ${AGAIN}`,
    }),
  },
  {
    kind: 'credentials-missing',
    pattern:
      /No\s+valid\s+credential\s+sources|no\s+EC2\s+IMDS\s+role\s+found|failed\s+to\s+refresh\s+cached\s+credentials|NoCredentialProviders|^(?:Credentials|Token)ProviderError:/,
    explain: (_, profile) =>
      profile === undefined
        ? {
            what: 'no AWS credentials were found',
            todo: `set AWS_PROFILE (aws sso login) or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, then ${AGAIN}`,
          }
        : {
            what: `the AWS profile ${profile} gives no credentials`,
            todo: `complete it (aws configure sso --profile ${profile}) or choose another one (AWS_PROFILE), then ${AGAIN}`,
          },
  },
  {
    kind: 'credentials-refused',
    pattern: /InvalidClientTokenId|UnrecognizedClientException|InvalidAccessKeyId|SignatureDoesNotMatch|AuthFailure/,
    explain: () => ({
      what: 'AWS does not accept the credentials',
      todo: `check which ones are in use (aws sts get-caller-identity), sign in, then ${AGAIN}`,
    }),
  },
  {
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
    kind: 'access-denied',
    pattern:
      /^(?=[^]*(?:AccessDenied|UnauthorizedOperation|AuthorizationError|is\s+not\s+authorized))(?:[^]*?operation\s+error\s+(\w[\w ]*:\s+\w+))?(?:[^]*?(?:User:\s+(\S+)\s+is\s+)?not\s+authorized\s+to\s+perform:\s+([\w:-]+))?(?:[^]*?explicit\s+deny\s+in\s+an?\s+([\w-]+(?:\s+[\w-]+)*))?/,
    explain: (group) => {
      const action = group(3) || group(1).replace(/:\s+/, ' ') || 'this action';
      const principal = group(2) || 'the role that you use';
      const policy = group(4).replace(/\s+/g, ' ');
      return {
        todo:
          policy === ''
            ? `allow ${action} for ${principal}, then ${AGAIN}`
            : `have the deny of ${action} removed from the ${policy} of ${principal}, then ${AGAIN}`,
      };
    },
  },
];

const MINUTE = 60_000;

/** @param minutes that this machine is ahead of AWS. @default - unknown */
export function clockSkew(minutes: number): { readonly what: string; readonly todo: string } {
  const off = Math.abs(Math.round(minutes));
  const by = Number.isNaN(off) ? 'wrong' : `${String(off)} minutes off (${minutes > 0 ? 'ahead of' : 'behind'} AWS)`;
  return { what: `the clock of this machine is ${by}`, todo: `set it (timedatectl set-ntp true), then ${AGAIN}` };
}

/** `20130824T010000Z`; not a number for anything else. */
function timeOf(text: string): number {
  return Date.parse(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
}

/** The profile of the credentials, if any: keys in variables take precedence. */
export function profileIn(env: Readonly<Record<string, string | undefined>>): string | undefined {
  return env['AWS_ACCESS_KEY_ID'] ? undefined : [env['AWS_PROFILE'], env['AWS_DEFAULT_PROFILE']].find(Boolean);
}
