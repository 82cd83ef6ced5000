/** The limits of AWS for one attribute. See bin/write-service-limits.mjs for the source. */
export interface ServiceLimit {
  /** Blocks and names with dots; `#key` and `#value` of a map; `{}` after an attribute that holds JSON. */
  readonly path: string;
  /** The unit of `min` and `max`: characters of a text, items of a list or map, or the number itself. */
  readonly kind: 'length' | 'items' | 'value';
  readonly min?: number;
  readonly max?: number;
  /** A regular expression for the whole text. */
  readonly pattern?: string;
  /** The allowed values. */
  readonly words?: readonly (string | number)[];
  readonly source: string;
}

declare const table: { readonly source: string; readonly limits: Readonly<Record<string, readonly ServiceLimit[]>> };
export default table;
