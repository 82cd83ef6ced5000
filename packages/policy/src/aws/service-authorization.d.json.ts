/** Written down here, so that the compiler does not derive it from a megabyte of facts. bin/write-service-authorization.mjs says what is what. */
interface ServiceEntry {
  readonly types: Readonly<Record<string, readonly [arn: string, ...conditionKeys: readonly string[]]>>;
  readonly actions: readonly [names: readonly string[], types: readonly string[], conditionKeys: readonly string[]][];
}

declare const table: {
  readonly globalKeys: readonly string[];
  readonly services: Readonly<Record<string, ServiceEntry>>;
};
export default table;
