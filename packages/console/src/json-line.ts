import { z } from 'zod';

/** A value of which nothing can be changed. */
export type Immutable<Value> = Value extends Date
  ? Value
  : Value extends readonly unknown[] | object
    ? { readonly [Key in keyof Value]: Immutable<Value[Key]> }
    : Value;

/** A time that the program has as a text. */
export const timeText = z.iso.datetime().describe('ISO 8601, UTC.');

/** A time that the program has as a `Date`. */
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
 * The JSON Schema of what a program reads. New fields are allowed: readers ignore those that they do not know.
 * https://json-schema.org/draft-07
 */
export function publishedSchema(title: string, description: string, schema: z.ZodType): object {
  const published = z.toJSONSchema(schema, {
    io: 'input',
    target: 'draft-7',
    override: ({ jsonSchema }) => {
      // The format says it; the pattern of all dates with leap years only hides it.
      if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
      delete jsonSchema.readOnly;
    },
  });
  return { title, description, ...published };
}
