import { UserError } from '@nightshift/errors';
import { z } from 'zod';

const exception = z.strictObject({
  check: z.string().regex(/^CKV2?_AWS_\d+$/, 'is not a Checkov check for AWS'),
  resources: z.array(z.string().min(1)).min(1, 'contains no resource'),
  requirement: z.string().regex(/^R\d+(?:\.\d+)?$/, 'is not the number of a requirement'),
  reason: z.string().min(20, 'is too short'),
});

/** An exception for findings that a requirement causes. */
export interface ScanException {
  /** `CKV_AWS_338` */
  readonly check: string;
  /** Construct paths; `*` matches any text. */
  readonly resources: readonly string[];
  /** The requirement, such as `R8.3`. */
  readonly requirement: string;
  readonly reason: string;
}

/**
 * The exceptions in the value of a file.
 * @param where name of the file in messages
 * @param requirements the existing requirement numbers
 * @throws {UserError} with the first problem
 */
export function scanExceptions(
  value: unknown,
  where: string,
  requirements: readonly string[],
): readonly ScanException[] {
  const result = z.array(exception).safeParse(value);
  if (!result.success) {
    const [issue] = result.error.issues as [z.core.$ZodIssue];
    throw wrong(where, issue.path.join('.'), issue.message);
  }
  const index = result.data.findIndex(({ requirement }) => !requirements.includes(requirement));
  const unknown = result.data[index];
  if (unknown) throw wrong(where, `${String(index)}.requirement`, `is ${unknown.requirement}, which does not exist`);
  return result.data;
}

function wrong(where: string, path: string, what: string): UserError {
  return new UserError({
    where: path === '' ? where : `${where}: ${path}`,
    what,
    todo: 'set check, resources, requirement and reason as in the other exceptions',
  });
}
