import { z } from 'zod';

/** A deeply read-only value. */
export type Immutable<Value> = Value extends Date
  ? Value
  : Value extends readonly unknown[] | object
    ? { readonly [Key in keyof Value]: Immutable<Value[Key]> }
    : Value;

/** A time that is a text in the program. */
export const timeText = z.iso.datetime().describe('ISO 8601, UTC.');

/** A time that is a `Date` in the program. */
export const time = z
  .codec(z.iso.datetime(), z.date(), {
    decode: (text) => new Date(text),
    encode: (date) => date.toISOString(),
  })
  .describe('ISO 8601, UTC.');

export const noteLine = z.object({
  type: z.literal('note'),
  time,
  text: z.string().describe('A sentence for people. Its text may change.'),
});

/**
 * The published JSON Schema. Allows new fields: readers ignore unknown ones.
 * https://json-schema.org/draft-07
 */
export function publishedSchema(title: string, description: string, schema: z.ZodType): object {
  const published = z.toJSONSchema(schema, {
    io: 'input',
    target: 'draft-7',
    override: ({ jsonSchema }) => {
      // The format is sufficient; the pattern of dates is long and unclear.
      if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
      delete jsonSchema.readOnly;
    },
  });
  return { title, description, ...published };
}
