/** A text, with the colon that makes it a key; or the begin or end of an object. */
const TOKEN = /"((?:[^"\\]|\\.)*)"(\s*:)?|[{}]/g;

/** A job has three levels of objects. A value below them is part of one that was thrown away, so its key above is found. */
const DEEPEST = 4;

/**
 * The first key that an object has twice. `JSON.parse` keeps the last value without a word, and the risk of a portfolio would be
 * calculated without some of its returns.
 * @param json - what `JSON.parse` has accepted
 */
export function repeatedKey(json: string): string | undefined {
  const objects: Set<string>[] = [];
  let depth = 0;
  for (const [token, text, colon] of json.matchAll(TOKEN)) {
    if (token === '{') {
      depth += 1;
      if (depth <= DEEPEST) objects[depth] = new Set();
    } else if (token === '}') depth -= 1;
    else if (colon !== undefined && depth <= DEEPEST) {
      const key = JSON.parse(`"${text}"`) as string;
      if (objects[depth]?.has(key)) return key;
      objects[depth]?.add(key);
    }
  }
  return undefined;
}
