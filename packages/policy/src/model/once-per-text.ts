/**
 * A function of one text that remembers its answers. For what depends on nothing but the text: the same expressions, actions and types
 * are in every stack and every environment.
 */
export function oncePerText<T>(compute: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const computed = compute(text);
    known.set(text, computed);
    return computed;
  };
}
