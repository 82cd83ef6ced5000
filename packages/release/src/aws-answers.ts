/** What the SDK throws, as far as it is known: https://github.com/aws/aws-sdk-js-v3/blob/main/supplemental-docs/ERROR_HANDLING.md */
interface SdkError extends Error {
  /** Node's name of a failed connection, such as `ECONNREFUSED`. */
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

const THROTTLED = /Throttl|TooManyRequests|RequestLimitExceeded|SlowDown|BandwidthLimit/i;

const CONNECTION = /^(?:ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EPIPE)$/;

/** Whether the same call may do better a little later: throttling, an answer of 5xx, a connection that broke. */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { name, code = '', $metadata } = error as SdkError;
  return (
    THROTTLED.test(name) || CONNECTION.test(code) || name === 'TimeoutError' || ($metadata?.httpStatusCode ?? 0) >= 500
  );
}

/** Whether AWS answered with one of these errors. */
export function isAnswer(error: unknown, ...names: readonly string[]): boolean {
  return error instanceof Error && names.includes(error.name);
}

/** Whether it is about AWS at all: anything else is a defect of ours. */
export function isAboutAws(error: unknown): error is Error {
  return isPassing(error) || (error instanceof Error && '$metadata' in error);
}

/** What AWS always gives, though the SDK says of every field that it may be missing. */
export type Given<T, K extends keyof T = keyof T> = Omit<T, K> & { readonly [P in K]-?: NonNullable<T[P]> };

/** As the services call it. Credentials that AWS does not accept at all have other names. */
const DENIED = /^(?:AccessDenied|UnauthorizedOperation|AuthorizationError|NotAuthorized)/;

/** The action that AWS denies, such as `ecs:DescribeServices`; undefined for any other error. */
export function deniedAction(error: unknown): string | undefined {
  if (!(error instanceof Error) || !DENIED.test(error.name)) return undefined;
  return /not authorized to perform: ([\w:-]+)/.exec(error.message)?.[1] ?? 'this action';
}
