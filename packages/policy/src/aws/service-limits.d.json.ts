/** What AWS allows in one attribute; bin/write-service-limits.mjs says where that is from. */
export interface ServiceLimit {
  /** Blocks and names with dots; `#key` and `#value` of a map; `{}` after an attribute that holds JSON. */
  readonly path: string;
  /** What `min` and `max` count: characters of a text, items of a list or map, or the number itself. */
  readonly kind: 'length' | 'items' | 'value';
  readonly min?: number;
  readonly max?: number;
  /** A regular expression for the whole text. */
  readonly pattern?: string;
  /** All that is allowed. */
  readonly words?: readonly (string | number)[];
  readonly source: string;
}

declare const table: { readonly source: string; readonly limits: Readonly<Record<string, readonly ServiceLimit[]>> };
export default table;
