/**
 * Whether a pattern of IAM means a text: `*` is any text, `?` any character, and case does not matter, as in actions.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
 */
export function covers(pattern: string, text: string): boolean {
  return matcher(pattern).test(text);
}

/** The same for many texts. */
export function matcher(pattern: string): RegExp {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'is');
}

/**
 * Whether some text is meant by two patterns of IAM at once: `log-group:jobs:*` and `log-group:*:log-stream:*` are, as there can be a
 * `log-group:jobs:log-stream:1`. Goes along the first with the set of places in the second where one can be by then.
 */
export function overlaps(one: string, other: string): boolean {
  const final = other.length;
  let places = afterStars([0], other);
  for (const character of one) {
    places =
      character === '*'
        ? afterStars(range(Math.min(...places), final), other)
        : afterStars(
            places.flatMap((place) => step(character, place, other)),
            other,
          );
    if (places.length === 0) return false;
  }
  return places.includes(final);
}

/**
 * The same of ARNs, of which each of the first five parts is matched on its own: a `*` reaches no further than the next colon.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function arnsOverlap(one: string, other: string): boolean {
  const [parts, others] = [partsOf(one), partsOf(other)];
  if (!parts || !others) return overlaps(one, other);
  return parts.every((part, index) => overlaps(part, String(others[index])));
}

/** `arn`, partition, service, region, account, and what is left. @returns undefined for what is too short, such as `*` */
function partsOf(arn: string): readonly string[] | undefined {
  const parts = arn.split(':');
  return parts.length < 6 ? undefined : [...parts.slice(0, 5), parts.slice(5).join(':')];
}

/** Where one is in a pattern after a character that is no `*`. */
function step(character: string, place: number, pattern: string): readonly number[] {
  const expected = pattern[place];
  if (expected === '*') return [place];
  return expected !== undefined && (expected === character || expected === '?' || character === '?') ? [place + 1] : [];
}

/** `*` may stand for nothing. */
function afterStars(places: readonly number[], pattern: string): readonly number[] {
  const all = new Set(places);
  for (const place of all) if (pattern[place] === '*') all.add(place + 1);
  return [...all];
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
