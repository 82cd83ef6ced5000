/**
 * The user's own text as Terraform takes it literally: in its JSON syntax `${` and `%{` begin an expression, so that a shell
 * variable in a command or a policy variable in a condition would be evaluated at plan time.
 * https://developer.hashicorp.com/terraform/language/syntax/json#expression-mapping
 */
export function literal(text: string): string {
  return text.replaceAll(/[$%](?=\{)/g, (sign) => sign + sign);
}
