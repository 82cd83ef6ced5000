/**
 * Declared here, so that the compiler does not infer it from a megabyte of JSON. See bin/write-service-authorization.mjs for the meaning of
 * the fields.
 */
interface ServiceEntry {
  readonly types: Readonly<Record<string, readonly [arn: string, ...conditionKeys: readonly string[]]>>;
  readonly actions: readonly [names: readonly string[], types: readonly string[], conditionKeys: readonly string[]][];
}

declare const table: {
  readonly globalKeys: readonly string[];
  readonly services: Readonly<Record<string, ServiceEntry>>;
};
export default table;
