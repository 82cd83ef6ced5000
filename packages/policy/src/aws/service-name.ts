/** Names of endpoint services and of prefix lists: `com.amazonaws.<region>.<service>`, the region often a token. */
const NAME = /^com\.amazonaws\.(?:\$\{[^}]*\}|[\w-]+)\.(.+)$/;

/** `ecr.api` of `com.amazonaws.us-east-1.ecr.api`; anything else as it is. */
export function serviceOfName(name: string): string {
  return NAME.exec(name)?.[1] ?? name;
}
