const SEPARATOR = ' - ';

/** The two parts of a message of our schemas, `<what is wrong> - <what to do>`. */
export function objection(message: string): { readonly what: string; readonly todo: string } {
  const at = message.indexOf(SEPARATOR);
  return { what: message.slice(0, at), todo: message.slice(at + SEPARATOR.length) };
}
