import { retry } from '@nightshift/errors';
import type { Clock } from './release-context';

/** The fields of SDK exceptions that this package reads: https://github.com/aws/aws-sdk-js-v3/blob/main/supplemental-docs/ERROR_HANDLING.md */
interface SdkError extends Error {
  /** Node's name of a failed connection, such as `ECONNREFUSED`. */
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

const THROTTLED = /Throttl|TooManyRequests|RequestLimitExceeded|SlowDown|BandwidthLimit/i;

const CONNECTION = /^(?:ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EPIPE)$/;

/** Whether a retry can succeed: throttling, a response with status 5xx, a broken connection. */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { name, code = '', $metadata } = error as SdkError;
  return (
    THROTTLED.test(name) || CONNECTION.test(code) || name === 'TimeoutError' || ($metadata?.httpStatusCode ?? 0) >= 500
  );
}

/** Together about two minutes, as the SDK would wait. */
const ATTEMPTS = 8;

/** Repeats a call that the SDK must not repeat, because `send` first checks whether the failed call had an effect. */
export async function retryPassing<T>({ sleep }: Pick<Clock, 'sleep'>, send: () => Promise<T>): Promise<T> {
  const pause = (attempt: number) => sleep(1000 * 2 ** (attempt - 1));
  return await retry(send, { attempts: ATTEMPTS, retryable: isPassing, pause });
}

/** Whether AWS answered with one of these errors. */
export function isAnswer(error: unknown, ...names: readonly string[]): boolean {
  return error instanceof Error && names.includes(error.name);
}

/** Whether AWS or the connection to AWS caused the error. Any other error is a defect of this tool. */
export function isAboutAws(error: unknown): error is Error {
  return isPassing(error) || (error instanceof Error && '$metadata' in error);
}

/** Returns a value that AWS always sends, although its SDK type is optional. */
export type Given<T, K extends keyof T = keyof T> = Omit<T, K> & { readonly [P in K]-?: NonNullable<T[P]> };

/** The names of the error in the services. Invalid credentials have other names. */
const DENIED = /^(?:AccessDenied|UnauthorizedOperation|AuthorizationError|NotAuthorized)/;

/** The action that AWS denies, such as `ecs:DescribeServices`; undefined for any other error. */
export function deniedAction(error: unknown): string | undefined {
  if (!(error instanceof Error) || !DENIED.test(error.name)) return undefined;
  return /not authorized to perform: ([\w:-]+)/.exec(error.message)?.[1] ?? 'this action';
}
