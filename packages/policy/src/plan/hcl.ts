import type { Attributes, Value } from '../model/value';

/** A block of HCL: its attributes, and the blocks in it by their type. */
export interface HclBody {
  readonly attributes: Readonly<Record<string, Value>>;
  readonly blocks: Readonly<Record<string, readonly HclBlock[]>>;
}

export interface HclBlock extends HclBody {
  readonly labels: readonly string[];
}

/**
 * Reads the parts of Terraform's configuration language that policies use: literals, lists, objects, templates and `jsonencode`.
 * Any other expression becomes a text `${…}`, as in `cdk.tf.json`.
 * https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md
 * @throws {SyntaxError} when the text is not a Terraform file.
 */
export function hclIn(text: string): HclBody {
  const reader = new Reader(text);
  const body = reader.body();
  reader.expect('');
  return body;
}

const IDENTIFIER = /[A-Za-z_][\w-]*/y;
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const BLANK = /(?:[ \t\r]|#[^\n]*|\/\/[^\n]*|\/\*[^]*?\*\/)*/y;
const BLANK_LINES = /(?:\s|#[^\n]*|\/\/[^\n]*|\/\*[^]*?\*\/)*/y;
const HEREDOC = /<<(-?)([A-Za-z_]\w*)[ \t]*\r?\n/y;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };
const WORDS: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['true', true],
  ['false', false],
  ['null', null],
]);

class Reader {
  private position = 0;

  constructor(private readonly text: string) {}

  body(): HclBody {
    const attributes: Record<string, Value> = {};
    const blocks: Record<string, HclBlock[]> = {};
    for (this.take(BLANK_LINES); this.next !== '' && this.next !== '}'; this.take(BLANK_LINES)) {
      const name = this.required(IDENTIFIER);
      this.take(BLANK);
      if (this.next === '=') {
        this.position += 1;
        attributes[name] = this.expression();
      } else (blocks[name] ??= []).push(this.block());
    }
    return { attributes, blocks };
  }

  /** @param character empty: the end of the text */
  expect(character: string): void {
    this.take(BLANK_LINES);
    if (this.next !== character)
      throw new SyntaxError(`expected ${character || 'the end'} at ${String(this.position)}`);
    this.position += 1;
  }

  private block(): HclBlock {
    const labels: string[] = [];
    for (; this.next !== '{'; this.take(BLANK)) {
      labels.push(this.next === '"' ? this.quoted() : this.required(IDENTIFIER));
    }
    this.expect('{');
    const body = this.body();
    this.expect('}');
    return { labels, ...body };
  }

  private expression(): Value {
    this.take(BLANK_LINES);
    const start = this.position;
    const value = this.literal();
    this.take(BLANK);
    if (value !== undefined && /^[\n,}\])]?$/.test(this.next)) return value;
    this.position = start;
    this.skip();
    return `\${${this.text.slice(start, this.position).trim()}}`;
  }

  /** @returns undefined for a computed value */
  private literal(): Value | undefined {
    if (this.next === '"') return this.quoted();
    if (this.next === '[') return this.list();
    if (this.next === '{') return this.object();
    const heredoc = this.heredoc();
    if (heredoc !== undefined) return heredoc;
    const number = this.take(NUMBER);
    if (number !== '') return Number(number);
    if (this.take(/jsonencode\(/y) === '') return WORDS.get(this.take(IDENTIFIER));
    const value = this.expression();
    this.take(BLANK_LINES);
    return this.take(/\)/y) === '' || typeof value === 'string' ? undefined : JSON.stringify(value);
  }

  private list(): Value | undefined {
    const items: Value[] = [];
    this.expect('[');
    for (this.take(BLANK_LINES); this.next !== ']'; this.take(BLANK_LINES)) {
      if (this.isLoop()) return undefined;
      items.push(this.expression());
      this.take(BLANK_LINES);
      if (this.next !== ']') this.expect(',');
    }
    this.position += 1;
    return items;
  }

  private object(): Attributes | undefined {
    const entries: [string, Value][] = [];
    this.expect('{');
    for (this.take(BLANK_LINES); this.next !== '}'; this.take(BLANK_LINES)) {
      if (this.isLoop()) return undefined;
      const key = this.next === '"' ? this.quoted() : this.required(IDENTIFIER);
      this.take(BLANK);
      this.required(/[=:]/y);
      entries.push([key, this.expression()]);
      this.take(BLANK_LINES);
      this.take(/,/y);
    }
    this.position += 1;
    return Object.fromEntries(entries);
  }

  private isLoop(): boolean {
    return /^for\s/.test(this.text.slice(this.position, this.position + 4));
  }

  /** Interpolations are kept. */
  private quoted(): string {
    const parts: string[] = [];
    this.expect('"');
    while (this.next !== '"') {
      if (this.next === '') throw new SyntaxError('a text without an end');
      if (this.next === '\\') {
        const escaped = String(this.text[this.position + 1]);
        parts.push(ESCAPES[escaped] ?? escaped);
        this.position += 2;
      } else if (this.text.startsWith('${', this.position) && this.text[this.position - 1] !== '$') {
        const start = this.position;
        this.position += 1;
        this.skipBrackets();
        parts.push(this.text.slice(start, this.position));
      } else {
        parts.push(this.next);
        this.position += 1;
      }
    }
    this.position += 1;
    return parts.join('');
  }

  private heredoc(): string | undefined {
    HEREDOC.lastIndex = this.position;
    const [all, indented, marker] = HEREDOC.exec(this.text) ?? [];
    if (all === undefined) return undefined;
    const start = this.position + all.length;
    const end = new RegExp(`^[ \\t]*${String(marker)}[ \\t]*$`, 'm').exec(this.text.slice(start));
    if (!end) throw new SyntaxError(`a text without ${String(marker)}`);
    this.position = start + end.index + end[0].length;
    const text = this.text.slice(start, start + end.index);
    return indented === '' ? text : text.replace(/^[ \t]+/gm, '');
  }

  /** Skips an expression: to the end of the line, or to the enclosing bracket. */
  private skip(): void {
    while (!/^[\n,}\])]?$/.test(this.next)) {
      if (this.next === '"') this.quoted();
      else if (/[{[(]/.test(this.next)) this.skipBrackets();
      else if (this.heredoc() === undefined) this.position += 1;
    }
  }

  private skipBrackets(): void {
    this.position += 1;
    for (this.skip(); !/^[}\])]?$/.test(this.next); this.skip()) this.position += 1;
    if (this.next === '') throw new SyntaxError('a bracket without an end');
    this.position += 1;
  }

  private required(pattern: RegExp): string {
    const found = this.take(pattern);
    if (found === '') throw new SyntaxError(`expected ${pattern.source} at ${String(this.position)}`);
    return found;
  }

  private take(pattern: RegExp): string {
    pattern.lastIndex = this.position;
    const [found = ''] = pattern.exec(this.text) ?? [];
    this.position += found.length;
    return found;
  }

  private get next(): string {
    return this.text[this.position] ?? '';
  }
}
