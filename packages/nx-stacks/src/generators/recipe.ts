import { UserError } from '@nightshift/errors';
import { logger, type Tree } from '@nx/devkit';

/** A recipe of CONTRIBUTING.md: what a generator creates and edits, and what remains. */
export interface Recipe {
  /** The text of each new file, by its path. */
  readonly files: Readonly<Record<string, string>>;
  readonly edits: readonly Edit[];
  /** Files to edit by hand, each with what to do. */
  readonly byHand: readonly string[];
}

/** Text to insert into a file: directly before or after an anchor that occurs once, or in the order of the lines that match a pattern. */
export interface Edit {
  readonly path: string;
  readonly insert: string;
  readonly place: { readonly before: string } | { readonly after: string } | { readonly among: RegExp };
}

/**
 * Creates the files, edits the lists and prints what remains.
 * @throws {UserError} when a file exists already, or the place of an edit is missing. Then Nx writes nothing.
 */
export function follow(tree: Tree, { files, edits, byHand }: Recipe): void {
  for (const [path, text] of Object.entries(files)) {
    if (tree.exists(path)) {
      throw new UserError({
        where: path,
        what: 'the file exists already',
        todo: 'choose another name, or delete the file',
      });
    }
    tree.write(path, text);
  }
  for (const edit of edits) tree.write(edit.path, edited(textOf(tree, edit.path), edit));
  const lines = [...byHand, 'npm run format and npm run check'];
  logger.info(['To do by hand (CONTRIBUTING.md):', ...lines.map((one) => `  ${one}`)].join('\n'));
}

/** @throws {UserError} when the file does not exist. */
export function textOf(tree: Tree, path: string): string {
  const text = tree.read(path, 'utf8');
  if (text !== null) return text;
  throw new UserError({
    where: path,
    what: 'the file does not exist',
    todo: 'restore it, or correct the path in packages/nx-stacks/src/generators',
  });
}

function edited(text: string, { path, insert, place }: Edit): string {
  if (!('among' in place)) {
    const isBefore = 'before' in place;
    const anchor = isBefore ? place.before : place.after;
    const [start, end, ...others] = text.split(anchor);
    if (end === undefined || others.length > 0) throw noPlace(path, insert, anchor, text.split(anchor).length - 1);
    return `${start}${isBefore ? insert + anchor : anchor + insert}${end}`;
  }
  const lines = text.split('\n');
  const matching = lines.filter((line) => place.among.test(line));
  const last = matching.at(-1);
  if (last === undefined) throw noPlace(path, insert, String(place.among), 0);
  const next = matching.find((line) => line > insert);
  lines.splice(next === undefined ? lines.indexOf(last) + 1 : lines.indexOf(next), 0, insert);
  return lines.join('\n');
}

function noPlace(path: string, insert: string, anchor: string, got: number): UserError {
  return new UserError({
    where: path,
    what: `cannot insert ${JSON.stringify(insert.trim())}: the file must have one place ${JSON.stringify(anchor.trim())}`,
    got: String(got),
    todo: 'follow the recipe of CONTRIBUTING.md by hand, or correct the place in packages/nx-stacks/src/generators',
  });
}

/** @throws {UserError} unless the name is in kebab case. */
export function checkName(generator: string, name: string, example: string): void {
  if (/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(name)) return;
  throw new UserError({
    where: `nx g @nightshift/nx-stacks:${generator}`,
    what: 'the name is not valid',
    got: JSON.stringify(name),
    todo: `use lower-case letters, digits and single hyphens, such as ${example}`,
  });
}

/** @throws {UserError} unless the text is a phrase that a string in single quotes can hold. */
export function checkPhrase(generator: string, option: string, text: string): void {
  if (/^[a-z][^'\\\n]*[^'\\\n.]$/.test(text)) return;
  throw new UserError({
    where: `nx g @nightshift/nx-stacks:${generator}`,
    what: `the ${option} is not valid`,
    got: JSON.stringify(text),
    todo: 'write a phrase that begins with a lower-case letter, without quotes and full stop',
  });
}
