import { oncePerText } from './once-per-text';
import type { Value } from './value';

/** A reference in an expression: `${aws_vpc.Main.id}` is attribute `id` of `aws_vpc.Main`. */
export interface Reference {
  readonly address: string;
  /** @default - the resource as a whole, or all of several */
  readonly attribute: string | undefined;
}

const INDEX = String.raw`(?:\[(?:\d+|"[^"]*")\])?`;
const NAME = String.raw`[A-Za-z_][\w-]*`;
const REFERENCE = new RegExp(
  String.raw`((?:module\.${NAME}${INDEX}\.)*(?:data\.)?[a-z]\w*\.${NAME}${INDEX})((?:\.${NAME}|\[\d+\])*)`,
  'g',
);

/** All references in a value, at any depth. They include names that are not resources (`self.id`). */
export function referencesIn(value: Value | undefined): readonly Reference[] {
  const found: Reference[] = [];
  collect(value, found);
  return found;
}

function collect(value: Value | undefined, found: Reference[]): void {
  if (typeof value === 'string') {
    for (const expression of expressionsIn(value)) found.push(...referencesOf(expression));
  } else if (typeof value === 'object' && value !== null) {
    for (const item of Object.values<Value | undefined>(value)) collect(item, found);
  }
}

/** The reference that is the whole text; undefined with other text around it. */
export function onlyReference(value: Value | undefined): Reference | undefined {
  if (typeof value !== 'string') return undefined;
  const [expression, ...others] = expressionsIn(value);
  if (expression === undefined || others.length > 0 || value !== `\${${expression}}`) return undefined;
  const [reference] = referencesOf(expression);
  return reference && expression === reference.address + suffixOf(reference) ? reference : undefined;
}

function suffixOf({ attribute }: Reference): string {
  return attribute === undefined ? '' : `.${attribute}`;
}

const referencesOf = oncePerText((expression): readonly Reference[] =>
  [...expression.matchAll(REFERENCE)].map((match) => ({
    address: String(match[1]),
    attribute: match[2] ? match[2].slice(1) : undefined,
  })),
);

/** The expressions between `${` and `}`. `$${` is text. */
function expressionsIn(text: string): string[] {
  const found: string[] = [];
  for (let start = text.indexOf('${'); start !== -1; start = text.indexOf('${', start + 1)) {
    if (text[start - 1] === '$') continue;
    const end = endOf(text, start + 2);
    found.push(text.slice(start + 2, end));
    start = end;
  }
  return found;
}

function endOf(text: string, start: number): number {
  let depth = 1;
  for (let index = start; index < text.length; index += 1) {
    if (text[index] === '{') depth += 1;
    if (text[index] === '}') depth -= 1;
    if (depth === 0) return index;
  }
  return text.length;
}
