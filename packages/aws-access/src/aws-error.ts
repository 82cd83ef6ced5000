import {
  type AwsAccessFailureKind,
  awsAccessFailures,
  clockSkew,
  type Problem,
  profileIn,
  UserError,
} from '@nightshift/errors';

/** The kind of failure of an AWS call, for callers that handle it. */
export type AwsFailure = AwsAccessFailureKind | 'unreachable' | 'contradictory-settings' | 'other';

/** A failed AWS call whose cause is outside of this program. */
export class AwsError extends UserError {
  readonly failure: AwsFailure;

  constructor(failure: AwsFailure, problem: Problem) {
    super(problem);
    this.failure = failure;
  }
}

/** Errors of the AWS SDK: https://github.com/aws/aws-sdk-js-v3/blob/main/supplemental-docs/ERROR_HANDLING.md */
interface SdkError extends Error {
  /** Node's name of a failed connection, such as `ECONNREFUSED`. */
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly $response?: { readonly headers?: Readonly<Record<string, string>> };
}

const AGAIN = 'run the same command again';

const UNREACHABLE = /^(?:ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EPIPE)$/;

/** The validity of a signed request: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html */
const SIGNATURE_MINUTES = 5;

/** Messages of AWS for a signature with a wrong time, and for other invalid signatures. */
const SIGNATURE = /Signature|RequestExpired|RequestTimeTooSkewed|RequestInTheFuture|AuthFailure/;

/**
 * Turns an error of the SDK into a message for the user; other errors are returned unchanged.
 * @param now milliseconds since 1970 on the clock of this machine.
 */
export function awsError(error: unknown, where: string, now = Date.now()): unknown {
  if (error instanceof UserError || !(error instanceof Error)) return error;
  const explained = explain(error, now);
  if (explained === undefined) return error;
  const { failure, ...problem } = explained;
  return new AwsError(failure, { where, ...problem });
}

type Explained = Omit<Problem, 'where'> & { readonly failure: AwsFailure };

function explain(error: SdkError, now: number): Explained | undefined {
  const { name, message, code = '', $metadata, $response } = error;
  const got = onePhrase(message);
  const named = `${name}: ${got}`;
  const minutesAhead = (now - Date.parse(String($response?.headers?.['date']))) / 60_000;
  if (SIGNATURE.test(named) && Math.abs(minutesAhead) >= SIGNATURE_MINUTES) {
    return { failure: 'clock-skew', got: named, ...clockSkew(minutesAhead) };
  }
  const unreachable = UNREACHABLE.test(code) || name === 'TimeoutError';
  for (const { kind, pattern, explain: describe } of awsAccessFailures) {
    const match = unreachable || (kind === 'access-denied' && !$metadata) ? null : pattern.exec(`${name}: ${message}`);
    if (!match) continue;
    // The variables of the process are those of the clients, see `clientConfig`.
    const description = describe((number) => match[number] ?? '', profileIn(process.env));
    const plain = kind === 'credentials-missing' || kind === 'credentials-expired';
    return { failure: kind, got: plain ? got : named, what: 'AWS does not allow it', ...description };
  }
  if (unreachable) {
    return /127\.0\.0\.1|localhost|::1/.test(message)
      ? {
          failure: 'unreachable',
          what: 'the local cloud does not answer',
          got,
          todo: `start it and deploy: npm start, then ${AGAIN}`,
        }
      : {
          failure: 'unreachable',
          what: 'AWS cannot be reached',
          got,
          todo: `check network, proxy and AWS_ENDPOINT_URL, then ${AGAIN}`,
        };
  }
  if (name === 'EndpointError') {
    return {
      failure: 'contradictory-settings',
      what: 'the AWS settings contradict each other',
      got,
      todo: 'remove one of them; npx nightshift doctor shows the effective settings',
    };
  }
  if ($metadata === undefined) return undefined;
  if ($metadata.httpStatusCode === 403) {
    return {
      failure: 'access-denied',
      what: 'AWS does not allow it',
      got: named,
      todo: `allow this action for the role that you use, then ${AGAIN}`,
    };
  }
  return {
    failure: 'other',
    what: 'AWS refused the call',
    // A response to HEAD has no message.
    got: message === 'UnknownError' ? `HTTP ${String($metadata.httpStatusCode)}` : named,
    todo: `fix the cause, then ${AGAIN}; finished changes are kept`,
  };
}

/** Messages of AWS are wrapped and end with colons, commas or periods. */
function onePhrase(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\s.,:;]+$/, '');
}
