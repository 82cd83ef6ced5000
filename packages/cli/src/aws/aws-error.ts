import { UserError, type Problem } from '@nightshift/errors';

/** Why a call to AWS failed, for those who want to react to it and not only print it. */
export type AwsFailure =
  'credentials-missing' | 'credentials-expired' | 'credentials-refused' | 'unreachable' | 'access-denied' | 'other';

/** A call to AWS that failed for a reason outside of this program. */
export class AwsError extends UserError {
  readonly failure: AwsFailure;

  constructor(failure: AwsFailure, problem: Problem) {
    super(problem);
    this.failure = failure;
  }
}

/** What the AWS SDK throws, as far as it is known: https://github.com/aws/aws-sdk-js-v3/blob/main/supplemental-docs/ERROR_HANDLING.md */
interface SdkError extends Error {
  /** Node's name of a failed connection, such as `ECONNREFUSED`. */
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

const AGAIN = 'run the same command again';
const UNREACHABLE = /^(?:ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EPIPE)$/;
const EXPIRED = /ExpiredToken|RequestExpired|(?:token|session)[^.]* (?:is|has) expired|session[^.]* is invalid/i;
const REFUSED =
  /^(?:InvalidClientTokenId|UnrecognizedClientException|InvalidAccessKeyId|SignatureDoesNotMatch|AuthFailure)$/;

/** Turns what the SDK threw into what a user needs to know; anything that is not about AWS comes back as it is. */
export function awsError(error: unknown, where: string): unknown {
  if (error instanceof UserError || !(error instanceof Error)) return error;
  const failure = failureOf(error);
  return failure === undefined ? error : new AwsError(failure, { where, ...explain(failure, error) });
}

function failureOf({ name, message, code = '', $metadata }: SdkError): AwsFailure | undefined {
  if (EXPIRED.test(`${name} ${message}`)) return 'credentials-expired';
  if (/^(?:CredentialsProviderError|TokenProviderError)$/.test(name)) return 'credentials-missing';
  if (REFUSED.test(name)) return 'credentials-refused';
  if (UNREACHABLE.test(code) || name === 'TimeoutError') return 'unreachable';
  if ($metadata === undefined) return undefined;
  return $metadata.httpStatusCode === 403 || /^AccessDenied/.test(name) ? 'access-denied' : 'other';
}

function explain(failure: AwsFailure, { name, message, $metadata }: SdkError): Omit<Problem, 'where'> {
  const got = onePhrase(message);
  switch (failure) {
    case 'credentials-missing':
      return {
        what: 'no AWS credentials were found',
        got,
        todo: `set AWS_PROFILE (aws sso login) or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, then ${AGAIN}`,
      };
    case 'credentials-expired':
      return {
        what: 'the AWS credentials have expired',
        got,
        todo: `sign in again (aws sso login, or new keys), then ${AGAIN}`,
      };
    case 'credentials-refused':
      return {
        what: 'AWS does not accept the credentials',
        got: `${name}: ${got}`,
        todo: `check which ones are in use (aws sts get-caller-identity), sign in, then ${AGAIN}`,
      };
    case 'unreachable':
      return /127\.0\.0\.1|localhost|::1/.test(message)
        ? { what: 'the local cloud does not answer', got, todo: `start it: npx nightshift local up, then ${AGAIN}` }
        : { what: 'AWS cannot be reached', got, todo: `check network, proxy and AWS_ENDPOINT_URL, then ${AGAIN}` };
    case 'access-denied':
      return {
        what: 'AWS does not allow it',
        got: `${name}: ${got}`,
        todo: `have ${actionIn(message)} allowed to the role that you run as, then ${AGAIN}`,
      };
    case 'other':
      return {
        what: 'AWS refused the call',
        // An answer to HEAD has no message.
        got: message === 'UnknownError' ? `HTTP ${String($metadata?.httpStatusCode)}` : `${name}: ${got}`,
        todo: `correct the cause, then ${AGAIN}; what is done stays done`,
      };
  }
}

/** `… is not authorized to perform: s3:PutBucketVersioning on resource …` */
function actionIn(message: string): string {
  return /not authorized to perform: ([\w:-]+)/.exec(message)?.[1] ?? 'this action';
}

/** AWS's messages come wrapped over lines and end in colons, commas or full stops. */
function onePhrase(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\s.,:;]+$/, '');
}
