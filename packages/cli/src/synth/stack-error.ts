import { UserError, type Problem } from '@nightshift/errors';

/** A place in a source of the workspace, in a stack trace. Frames of the stacks say more than those of what they use. */
const PLACES = [/\b(apps\/[^\s():]+\.ts:\d+:\d+)/, /\b(packages\/[^\s():]+\.ts:\d+:\d+)/];

/** CDKTF's `[network/Vpc] message`, a line each, for failed validations and error annotations. */
const CONSTRUCT_COMPLAINT = /^\s*\[([^\]\s]+)\] (.+)$/gm;

/**
 * Stacks are the user's: what they throw, and that they do not compile, is not a defect of this command.
 * @param thrown while the stacks were loaded or synthesized, by code that has its own copy of `UserError`.
 */
export function stackError(thrown: unknown, readableTrace: (trace: string) => string): unknown {
  if (!(thrown instanceof Error) || 'syscall' in thrown) return thrown;
  const { problems = complaints(thrown) } = thrown as { problems?: readonly Problem[] };
  const [first = thrownIn(thrown, readableTrace), ...others] = problems;
  return new UserError(first, ...others);
}

function complaints({ message }: Error): Problem[] {
  return [...message.matchAll(CONSTRUCT_COMPLAINT)].map(([, where, what]) => ({
    where: String(where),
    what: String(what),
    todo: 'correct the construct',
  }));
}

function thrownIn({ message, stack = '' }: Error, readableTrace: (trace: string) => string): Problem {
  const trace = readableTrace(stack);
  const place = PLACES.map((pattern) => pattern.exec(trace)?.[1]).find((found) => found !== undefined);
  return { where: place ?? 'apps/platform', what: message.replace(/\s+/g, ' ').trim(), todo: 'correct the source' };
}
