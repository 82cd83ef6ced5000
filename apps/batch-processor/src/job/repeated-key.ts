/** A text, with the colon of a key; or the start or end of an object. */
const TOKEN = /"((?:[^"\\]|\\.)*)"(\s*:)?|[{}]/g;

/** A job has three levels of objects. Deeper values belong to an ignored value, whose key is found at a higher level. */
const DEEPEST = 4;

/**
 * The first duplicate key of an object. `JSON.parse` silently keeps the last value, so a result could lack some returns.
 * @param json - valid JSON
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
