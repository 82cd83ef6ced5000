import { z } from 'zod';

/** A list without duplicates, which AWS refuses or whose names collide. Items with the same `keyOf` are duplicates. */
export function distinct<Item extends z.ZodType>(
  item: Item,
  { what, keyOf = String }: { what: string; keyOf?: (item: z.output<Item>) => string },
) {
  return z.array(item).superRefine((items, context) => {
    const keys = items.map(keyOf);
    keys.forEach((key, index) => {
      const first = keys.indexOf(key);
      if (first === index) return;
      context.issues.push({
        code: 'custom',
        path: [index],
        message: `${what} item ${first + 1} of the list - remove one of the two`,
        input: items[index],
      });
    });
  });
}
