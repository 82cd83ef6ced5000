import { type Attributes, blocks, texts, type Value } from '../model/value';

/**
 * The policy that the data source `aws_iam_policy_document` will give, where Terraform reads it only when it applies.
 * @returns undefined where it is made of other documents
 * @see https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/data-sources/iam_policy_document
 */
export function policyDocumentOf(attributes: Attributes): string | undefined {
  if (attributes['source_policy_documents'] ?? attributes['override_policy_documents']) return undefined;
  return JSON.stringify({ Version: '2012-10-17', Statement: blocks(attributes['statement']).map(statementOf) });
}

function statementOf(statement: Attributes): Attributes {
  return {
    Sid: statement['sid'],
    Effect: statement['effect'] ?? 'Allow',
    Principal: principalOf(blocks(statement['principals'])),
    Action: listed(statement['actions']),
    NotAction: listed(statement['not_actions']),
    Resource: listed(statement['resources']),
    NotResource: listed(statement['not_resources']),
    Condition: conditionOf(blocks(statement['condition'])),
  };
}

function principalOf(principals: readonly Attributes[]): Value | undefined {
  if (principals.some(({ type }) => type === '*')) return '*';
  if (principals.length === 0) return undefined;
  return Object.fromEntries(principals.map(({ type, identifiers }) => [String(type), texts(identifiers)]));
}

function conditionOf(conditions: readonly Attributes[]): Value | undefined {
  const operators = [...new Set(conditions.map(({ test }) => String(test)))];
  const tests = (operator: string) => conditions.filter(({ test }) => String(test) === operator);
  return Object.fromEntries(
    operators.map((operator) => [
      operator,
      Object.fromEntries(tests(operator).map(({ variable, values }) => [String(variable), texts(values)])),
    ]),
  );
}

function listed(value: Value | undefined): readonly string[] | undefined {
  const items = texts(value);
  return items.length === 0 ? undefined : items;
}
