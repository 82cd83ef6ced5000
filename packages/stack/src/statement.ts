/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_statement.html */
export interface Statement {
  readonly Sid: string;
  readonly Effect: 'Allow' | 'Deny';
  /** Who is meant, in policies of resources. */
  readonly Principal?: '*' | { readonly Service: string } | { readonly AWS: string };
  readonly Action: readonly string[];
  /** Absent in trust policies: the role itself is meant. */
  readonly Resource?: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** The JSON text of a policy, as every AWS service takes it. Tokens inside are resolved by Terraform. */
export function policyDocument(statements: readonly Statement[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}
