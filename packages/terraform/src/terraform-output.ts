import { stripVTControlCharacters } from 'node:util';

/** Text without escape codes and control characters except line breaks and tabs, for files and CI. */
export function plainText(text: string): string {
  return stripVTControlCharacters(text).replace(/(?![\n\t])\p{Cc}/gu, '');
}

/**
 * The JSON value in the output of a command: one line, or indented with the last bracket on its own line. A wrapper script can print lines
 * before and after it. Undefined without JSON.
 */
export function jsonInOutput(lines: readonly string[]): unknown {
  const plain = lines.map((line) => stripVTControlCharacters(line).trimEnd());
  for (const [start, line] of plain.entries()) {
    if (!/^\s*\{/.test(line)) continue;
    const end = plain.indexOf('}', start);
    const value = parsed(line) ?? (end === -1 ? undefined : parsed(plain.slice(start, end + 1).join('\n')));
    if (value !== undefined) return value;
  }
  return undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Reads JSON of another program: a field that is missing or of another type is undefined, without an exception. Texts have no escape codes.
 */
export class JsonReader {
  private constructor(private readonly fields: ReadonlyMap<string, unknown>) {}

  /** Undefined when `text` is not a JSON object. */
  static parse(text: string): JsonReader | undefined {
    if (!text.startsWith('{')) return undefined;
    try {
      return JsonReader.of(JSON.parse(text));
    } catch {
      return undefined;
    }
  }

  private static of(value: unknown): JsonReader | undefined {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    return new JsonReader(new Map(Object.entries(value)));
  }

  object(name: string): JsonReader | undefined {
    return JsonReader.of(this.fields.get(name));
  }

  /** The objects in a list; other items are omitted. */
  objects(name: string): readonly JsonReader[] {
    const value = this.fields.get(name);
    return Array.isArray(value) ? value.flatMap((item) => JsonReader.of(item) ?? []) : [];
  }

  text(name: string): string | undefined {
    const value = this.fields.get(name);
    return typeof value === 'string' ? plainText(value) : undefined;
  }

  number(name: string): number {
    const value = this.fields.get(name);
    return typeof value === 'number' ? value : 0;
  }

  flag(name: string): boolean {
    return this.fields.get(name) === true;
  }

  /** The unchanged value. */
  value(name: string): unknown {
    return this.fields.get(name);
  }

  names(): readonly string[] {
    return [...this.fields.keys()];
  }
}
