/** The only element of a list. @throws {Error} when there are none or several. */
export function only<T>(list: readonly T[] | undefined): T {
  const [first, ...others] = list ?? [];
  if (first === undefined || others.length > 0) throw new Error(`expected one element, got ${JSON.stringify(list)}`);
  return first;
}
