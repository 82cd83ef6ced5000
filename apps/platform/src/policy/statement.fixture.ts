import type { Json } from './mutation.fixture';

/** The statement of a policy by its Sid. */
export function statement(policy: Json, sid: string): Json {
  return policy.Statement.find(({ Sid }: { readonly Sid: string }) => Sid === sid);
}
