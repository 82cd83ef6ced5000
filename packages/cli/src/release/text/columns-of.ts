/** What stands on two columns of a terminal: https://www.unicode.org/reports/tr11/ (wide and full width), and pictures. */
const WIDE =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]|\p{Extended_Pictographic}/u;
/** What stands on the character before it. */
const JOINING = /\p{Mark}|\u200D|\uFE0F/u;

/** How many columns of a terminal a character takes. */
export function columnsOf(character: string): number {
  if (JOINING.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}
