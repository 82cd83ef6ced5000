import { oncePerText } from '../model/once-per-text';

/**
 * Whether an IAM pattern matches a text: `*` is any text, `?` any character; ignores case, as for actions.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
 */
export function covers(pattern: string, text: string): boolean {
  return matcher(pattern).test(text);
}

/** The same for many texts. */
export const matcher = oncePerText((pattern): RegExp => {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'is');
});

/**
 * Whether two IAM patterns match a common text: `log-group:jobs:*` and `log-group:*:log-stream:*` do, with `log-group:jobs:log-stream:1`.
 * If both contain a `*`, only their beginnings and ends decide.
 */
export function overlaps(one: string, other: string): boolean {
  if (!other.includes('*')) return means(one, other);
  if (!one.includes('*')) return means(other, one);
  return startsFit(one, other) && startsFit(reversed(one), reversed(other));
}

/**
 * The same for ARNs, whose first five parts are compared separately: a `*` does not match a colon there.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function arnsOverlap(one: string, other: string): boolean {
  const [parts, others] = [partsOf(one), partsOf(other)];
  if (!parts || !others) return overlaps(one, other);
  return parts.every((part, index) => overlaps(part, String(others[index])));
}

/** `arn`, partition, service, region, account, and the rest. @returns undefined for a text with fewer parts, such as `*` */
function partsOf(arn: string): readonly string[] | undefined {
  const parts = arn.split(':');
  return parts.length < 6 ? undefined : [...parts.slice(0, 5), parts.slice(5).join(':')];
}

/** Whether a pattern matches a text without `*`, in which `?` is any character. Each `*` first matches as little as possible. */
function means(pattern: string, text: string): boolean {
  let [place, index, star, afterStar] = [0, 0, -1, 0];
  while (index < text.length) {
    if (pattern[place] === '*') {
      [star, afterStar] = [place, index];
      place += 1;
    } else if (fits(pattern[place], text[index])) {
      place += 1;
      index += 1;
    } else if (star === -1) {
      return false;
    } else {
      afterStar += 1;
      [place, index] = [star + 1, afterStar];
    }
  }
  return /^\**$/.test(pattern.slice(place));
}

/** Whether two patterns are equal up to the first `*`. */
function startsFit(one: string, other: string): boolean {
  const length = Math.min(one.indexOf('*'), other.indexOf('*'));
  return one
    .slice(0, length)
    .split('')
    .every((character, index) => fits(character, other[index]));
}

function fits(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && (one === other || one === '?' || other === '?');
}

function reversed(text: string): string {
  return [...text].reverse().join('');
}
