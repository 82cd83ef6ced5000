import type { Finding } from './check';

/** As the services call it; credentials that are no good at all have other names, and end everything. */
const DENIED = /^(?:AccessDenied|UnauthorizedOperation|AuthorizationError|NotAuthorized)/;

/** A call that the caller may not make is one thing to put right among others. */
export function deniedFinding(error: unknown): Finding | undefined {
  if (!(error instanceof Error) || !DENIED.test(error.name)) return undefined;
  const message = error.message.replace(/\s+/g, ' ').replace(/[\s.,:;]+$/, '');
  const action = /not authorized to perform: ([\w:-]+)/.exec(message)?.[1] ?? 'this action';
  return {
    mark: 'NG',
    detail: `AWS does not allow to look: ${message}`,
    remedy: `have ${action} allowed to the role that you run as, then run the same command again`,
  };
}
