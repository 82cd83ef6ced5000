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
