import { plainText } from './terraform-output';

/**
 * Reads JSON that another program wrote: a field that is missing or of another type is absent, never an exception. Texts
 * come without escape codes.
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

  /** The objects in a list; whatever else it holds is left out. */
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

  /** As it came. */
  value(name: string): unknown {
    return this.fields.get(name);
  }

  names(): readonly string[] {
    return [...this.fields.keys()];
  }
}
