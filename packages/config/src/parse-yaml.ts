import type { Problem } from '@nightshift/errors';
import { isScalar, Lexer, LineCounter, parseDocument, visit, type Document, type Range, type YAMLError } from 'yaml';

/** The readable data of a text, and its problems. */
export type ParsedYaml =
  | {
      readonly readable: true;
      readonly value: unknown;
      readonly written: Written;
      readonly problems: readonly Problem[];
    }
  | { readonly readable: false; readonly problems: readonly [Problem, ...Problem[]] };

/** A scalar as written in the text, with its quotes: `'1024'`, `0x10`, `1e3`. Undefined for a list, a map, a block of text, or nothing. */
export type Written = (path: readonly PropertyKey[]) => string | undefined;

/** A problem at a place in the text. */
interface Flaw extends Omit<Problem, 'where'> {
  readonly offset: number;
}

/**
 * Reads one YAML document as plain data: no tabs, no aliases, no types of its own, no key twice. `name` is the name of the file in
 * problems.
 */
export function parseYaml(text: string, name: string): ParsedYaml {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true });
  const problem = ({ offset, ...flaw }: Flaw): Problem => {
    const { line, col } = lines.linePos(offset);
    return { where: `${name}:${line}:${col}`, ...flaw };
  };
  const errors = [...document.errors, ...document.warnings];
  const duplicates = errors.filter(isDuplicate).map((error) => duplicateFlaw(error, text));
  const tabs = tabsOf(text);
  // After a tab, the parser's other messages would be misleading.
  const fatal =
    tabs.length > 0 ? tabs : [...errors.filter((error) => !isDuplicate(error)).map(syntaxFlaw), ...nodeFlaws(document)];
  const [first, ...others] = [...fatal, ...duplicates].map(problem);
  if (first && fatal.length > 0) return { readable: false, problems: [first, ...others] };
  const written: Written = (path) => {
    const node = document.getIn(path, true);
    if (!isScalar(node) || !node.range) return undefined;
    const [start, end] = node.range;
    const source = text.slice(start, end);
    return /^[|>]|\n/.test(source) ? undefined : source;
  };
  return { readable: true, value: document.toJS(), written, problems: duplicates.map(problem) };
}

function isDuplicate({ code }: YAMLError): boolean {
  return code === 'DUPLICATE_KEY';
}

function duplicateFlaw({ pos: [offset] }: YAMLError, text: string): Flaw {
  const [key] = text.slice(offset).split(/[:\s]/);
  return { offset, what: 'is a duplicate key', got: key, todo: 'keep one of the two' };
}

function syntaxFlaw({ code, message, pos: [offset] }: YAMLError): Flaw {
  if (code === 'MULTIPLE_DOCS') {
    return { offset, what: 'starts a second document', todo: 'use one file per environment' };
  }
  // The parser's messages are readable, except for one hint to programmers.
  const reason = message.replace('With stringKeys, all', 'All');
  return { offset, what: `is not YAML (${reason})`, todo: 'correct this line, or the one before it' };
}

/** YAML features other than plain data, and the reserved key of JavaScript. */
function nodeFlaws(document: Document): Flaw[] {
  const flaws: Flaw[] = [];
  visit(document, {
    Alias(_, { source, range }) {
      flaws.push({ offset: startOf(range), what: 'is an alias', got: `*${source}`, todo: 'write the value itself' });
    },
    Scalar(role, { value, range }) {
      if (role !== 'key' || value !== '__proto__') return;
      flaws.push({ offset: startOf(range), what: 'is not a usable key', got: value, todo: 'choose another' });
    },
  });
  return flaws;
}

/** Nodes that come from a text, as all do here, have a range in it. */
function startOf(range: unknown): number {
  const [start] = range as Range;
  return start;
}

/** Marks of the lexer, which are not in the text. */
const MARK = { document: '\u0002', endOfFlow: '\u0018', scalar: '\u001f' };

/** Positions of tabs in white space, outside of quoted and block text. */
function tabsOf(text: string): Flaw[] {
  const flaws: Flaw[] = [];
  let offset = 0;
  let before = '';
  for (const token of new Lexer().lex(text)) {
    const isMark = Object.values(MARK).includes(token);
    if (!isMark && before !== MARK.scalar && /^[ \t]*\t/.test(token)) {
      flaws.push({ offset: offset + token.indexOf('\t'), what: 'is a tab', todo: 'use spaces' });
    }
    offset += isMark ? 0 : token.length;
    before = token;
  }
  return flaws;
}
