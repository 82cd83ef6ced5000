import { UserError } from '@nightshift/errors';

/**
 * Waits for all, so that a user sees all that is wrong at once.
 * @throws {UserError} with the problems of all, or the first error that is no user's.
 */
export async function together<T extends readonly unknown[]>(
  all: readonly [...{ [K in keyof T]: Promise<T[K]> }],
): Promise<T> {
  const promises = all as readonly Promise<unknown>[];
  const results = await Promise.allSettled(promises);
  const failures = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
  const defect = failures.find((failure) => !(failure instanceof UserError));
  if (defect !== undefined) throw defect;
  const [first, ...others] = (failures as UserError[]).flatMap(({ problems }) => problems);
  if (first) throw new UserError(first, ...others);
  return (await Promise.all(promises)) as unknown as T;
}
