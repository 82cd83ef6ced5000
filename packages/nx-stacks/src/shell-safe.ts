/** What a shell reads as more than itself: Nx puts an argument that has any of it between double quotes. */
const SPECIAL = /[|&;<>()$`\\!"'*?[\]{}~#\s]/;
/** What a shell still reads as more than itself between double quotes. */
const SPECIAL_IN_QUOTES = /["$`\\]/;
const OPTION = /^--[\w-]+=/;

/**
 * Whether Nx passes an argument on as it is. Nx puts the command and its arguments into one line for a shell; an argument
 * that it takes for quoted already, or in which `=` stands after something else than an option, it leaves without quotes.
 */
export function isShellSafe(argument: string): boolean {
  if (!SPECIAL.test(argument)) return true;
  if (argument.includes('=') && !OPTION.test(argument)) return false;
  const value = argument.replace(OPTION, '');
  return !SPECIAL_IN_QUOTES.test(value) && !value.startsWith("'");
}
